"""Why a goal is missed, by the name of the goal: the profile that explains the figure. The table
says it only where the goal is missed."""

SCATTERED = (
    "The plan is the same, and no page is read from the disk: a page of fifty with all that "
    "hangs on it lies on some 3,000 pages of the database, which for the small one stay in the "
    "caches of the processor. A larger cache of SQLite changes nothing."
)
OUT_OF_THE_CACHES = (
    "Asked over and over it costs what it does of 2,000. In the bench it comes after questions "
    "that read much, and then the empty route, which reads no row, costs 1.7 times what it does "
    "alone: it is the interpreter that has left the caches of the processor. No page is read from "
    "the disk, and none is mapped anew."
)
OUT_OF_THE_BUFFERS = (
    "Asked over and over it costs 1.2 times what it does of 2,000: the plan walks the order of the "
    "list until fifty are found. In the bench it comes after questions that read the whole "
    "database, of 492 MB, through the 128 MB that PostgreSQL takes for itself unless it is told "
    "otherwise: after the search for a common word 1,886 of the 8,479 pages of this list were to "
    "be brought in again."
)
WHY: dict[str, str] = {
    "record": (
        "The floor asks thirteen statements without a network, which take less than it takes to "
        "come in. Of 100 parts of what the register needs, 25 are the statement of the record and "
        "2 that of the token; 11 the connection (out of the pool, BEGIN, ROLLBACK, back into it); "
        "10 the line in the log; 6 whose the token is; 4 the headers, 3 the limit, 3 what is bound "
        "in the statement. 17 are Flask and Werkzeug: request, route and response, and 9 the names "
        "`request` and `g`, each of which is looked up again."
    ),
    "HTML list": (
        "The page says more than the call it stands beside: it counts, for each value of each "
        "filter, how many records the others leave, which is one statement over all that is found "
        "and takes twice what the rows themselves do; it gives the titles of what can be chosen, "
        "and draws some 800 cells."
    ),
    "HTML record": (
        "The page says more than the call it stands beside: what points at the record from seven "
        "sides, its last changes with their titles, when it is expected again, and where each fact "
        "comes from. Half is the template, half the eleven statements for that."
    ),
    "list, growth, sqlite": SCATTERED,
    "deep page, growth, sqlite": SCATTERED,
    "record, growth, sqlite": OUT_OF_THE_CACHES,
    "list, growth, postgresql": OUT_OF_THE_BUFFERS,
    "deep page, growth, postgresql": OUT_OF_THE_BUFFERS,
    "export, sqlite": (
        "Of the processor time 82 % is SQLite putting JSON together: 68 µs a record at best, of "
        "which sources 10, participations 9, sectors, themes and statuses 5 each, the seven empty "
        "lists 1.2 each, and 15 the pieces. Python takes some 10 µs. It would take JSON that is "
        "finished before it is asked, which differs by reader and by reference date."
    ),
    "writes, sqlite": (
        "Of the processor time of one write, 37 % is the flush of the ORM: it asks each of the 59 "
        "relations around the models whether it changed, sorts what depends on what, and puts "
        "eleven rows in six tables. 17 % finds the eight records that the payload points at, "
        "9 % reads it by its schema, 7 % lays it over the model, 9 % writes the book and the "
        "outbox, 6 % the words for the search, 3 % is the commit. Of all this the driver and the "
        "database take 11 %: what is left is work in Python that no index makes less."
    ),
    "writes, postgresql": (
        "Who registers holds the counter of references of that kind from when a number is taken "
        "until the commit, two thirds of a write, and the row of the book for four statements; of "
        "eight clients on two processors, whoever holds one is often not running. By a sequence, "
        "tried and taken out again, two clients made 217 a second and not 121, eight 128 and not "
        "86; refusals and rehearsals would then leave gaps in the references. Of the 12 ms that "
        "one client takes for a write, 4.5 are the 17 statements; the rest is the work in Python "
        "that is told of SQLite."
    ),
    "export, postgresql": (
        "Of the time of a record, Python and sending take 2 %: the rest is PostgreSQL putting JSON "
        "together. With tests running beside it a record took 120 µs, of which sources 26, "
        "participations 21, sectors 12, themes 10, statuses 8, and the twelve other parts that "
        "were asked by themselves 1 to 4 each: each list is a plan of its own, begun and ended "
        "for every record."
    ),
}
