"""Promises, motions, intentions and aims: how hard, by whom, due when, settled how."""
