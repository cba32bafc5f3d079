"""The screens of the plan of action and its milestones."""

from ..web import screens
from ..words import Words
from .schemas import MILESTONE, PLAN

screens(PLAN, menu=Words("Plan van aanpak", "Plan of action"), covers=("milestones",))
screens(MILESTONE)
