"""White spots (witte vlekken): which causes and themes no initiative is known for, and where."""
