"""How fast lists are, as ratios within one run: absolute times say more about the machine."""
