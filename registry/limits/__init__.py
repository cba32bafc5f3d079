"""How much may be asked in a minute: who asks is counted, and told how much is left."""

from .counting import Counter, Memory, Shared
from .guard import Exceeded, admit, admit_guess, is_guess, network, register, told
from .policies import Policy, policies

__all__ = [
    "Counter",
    "Exceeded",
    "Memory",
    "Policy",
    "Shared",
    "admit",
    "admit_guess",
    "is_guess",
    "network",
    "policies",
    "register",
    "told",
]
