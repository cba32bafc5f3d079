"""The second step of signing in: a time-based code (TOTP, RFC 6238) or a recovery code."""
