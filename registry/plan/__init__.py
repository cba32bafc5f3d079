"""The plan of action and its milestones."""
