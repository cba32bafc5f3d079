"""Links in mail, each good once: an invitation, or a new password for who forgot theirs."""
