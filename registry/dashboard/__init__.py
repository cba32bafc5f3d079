"""The state of affairs on one screen: the figures of a reference date, drawn and told."""
