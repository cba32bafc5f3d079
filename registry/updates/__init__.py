"""The state of affairs of a record: a dated series of reports, with what they rest on."""
