"""Mail: letters written from rows of the outbox, after commit, in the language of who gets them."""
