"""Why a goal is missed, by the name of the goal: the profile that explains the figure. The table
says it only where the goal is missed."""

WHY: dict[str, str] = {
    "writes, sqlite": (
        "Of the processor time of one write, 37 % is the flush of the ORM: it asks each of the 59 "
        "relations around the models whether it changed, sorts what depends on what, and puts "
        "eleven rows in six tables. 17 % finds the eight records that the payload points at, "
        "9 % reads it by its schema, 7 % lays it over the model, 9 % writes the book and the "
        "outbox, 6 % the words for the search, 3 % is the commit. Of all this the driver and the "
        "database take 11 %: what is left is work in Python that no index makes less."
    ),
    "writes, postgresql": (
        "The two processors do the work of eight clients, of which each write costs what it does "
        "on SQLite (there the profile is told), and that of eight backends. Who writes holds the "
        "one row of the book for four statements and the commit; the rest goes side by side."
    ),
}
