"""Documents and their passages, citations of facts, events, offices and persons."""
