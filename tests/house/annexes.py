"""Who may call which endpoint of annexes and coming letters: rows of the table in `rights`."""

TABLE = """
GET documents.hub         AAAAAA
GET documents.coming      AAFFFS
POST documents.coming     AAFFFS
GET annexes.document      AAAAAA
POST annexes.compose      AAAAAS
GET annexes.lines         AAAAAA
GET annexes.line          AAFFFS
POST annexes.line         AAFFFS
GET annexes.requests      AAFFFS
POST annexes.requests     AAFFFS
POST annexes.ask_line     AAFFFS
POST annexes.agree        AAAFFS
GET annexes.remark        AAAFFS
POST annexes.remark       AAAFFS
GET annexes.freeze        AAFFFS
POST annexes.freeze       AAFFFS
GET annexes.copy          AAFFFS
POST annexes.copy         AAFFFS
GET annexes.comparison    AAAAFS
GET api-annexes.content   AAAAAA
GET api-annexes.line      AAAAFS
PATCH api-annexes.write_line AAFFFS
POST api-annexes.ask_line AAFFFS
POST api-annexes.ask      AAFFFS
POST api-annexes.agree    AAAFFS
POST api-annexes.remark   AAAFFS
POST api-annexes.freeze   AAFFFS
GET api-annexes.comparison AAAAFS
"""
