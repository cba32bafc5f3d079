"""The administrator's screens of people: what they may do, how they get in, what happened."""
