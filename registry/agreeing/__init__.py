"""Lines of annexes as their owners see them: agreed to or remarked on, one after the other."""
