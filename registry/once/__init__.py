"""Requests that are carried out once, however often they are sent: the header Idempotency-Key."""
