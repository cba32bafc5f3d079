"""Readiness of the plan on a day, with the reasons; and the plan as a document."""
