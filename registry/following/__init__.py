"""The feed of changes: what somebody who keeps a copy of the register has to do next."""
