"""The letters and the screens of reminders: for the secretariat, and for the person reminded."""
