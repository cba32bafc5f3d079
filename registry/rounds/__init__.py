"""Reporting rounds (voortgangsuitvraag): the secretariat asks, organisations report, it freezes."""
