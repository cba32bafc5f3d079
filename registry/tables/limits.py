"""How much of a file is read: what is larger is refused with its place, and never held."""

MOST_BYTES = 16 * 1024 * 1024  # of the file as it is sent
MOST_UNPACKED = 64 * 1024 * 1024  # of all the parts of a workbook together
MOST_PARTS = 500
MOST_SHEETS = 60
MOST_LINES = 50_000  # with something in them, per sheet
MOST_COLUMNS = 200
MOST_CELLS = 1_000_000  # of the whole file
LONGEST_CELL = 32_767  # as in a spreadsheet
MOST_STEPS = 2_200_000  # empty rows that a workbook leaves out, of all its sheets together
