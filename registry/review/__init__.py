"""The screens of judging: what waits, a proposal beside what is published, and what came of it."""
