"""What happens when, as a calendar that other programs subscribe to (iCalendar)."""
