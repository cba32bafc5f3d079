"""The screens that change a record, the same for every kind: the form, proposals, its steps."""
