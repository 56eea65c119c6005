"""Names of files and commits as they may be shown to people."""


def shown(name: str) -> str:
    """Return *name*, spelt out where it could play tricks on a terminal."""
    return name if name.isprintable() else ascii(name)[1:-1]
