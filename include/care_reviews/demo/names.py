"""Synthetic names, numbers and postcodes: none belongs to a person or a place.

In: random numbers. Out: text. Surnames are invented; NHS numbers are of the range kept for tests (999…);
postcodes are of the area ZZ, which does not exist.
"""

from __future__ import annotations

from random import Random

TEST_NHS_NUMBERS = "999"  # numbers that start so are kept for tests and given to nobody


def _words(text: str) -> list[str]:
    return text.split()


_GIRLS = _words(
    """
    Alba Bryony Carys Delphine Effie Fern Gwen Hettie Isla Junia Kerensa Lowen Maeve Nerys Orla Posy
    Quilla Rhoswen Senna Tamsin Una Verity Wren Xanthe Yara Zelda
    """
)
_BOYS = _words(
    """
    Arlo Bram Cedric Dorian Emrys Fabian Garth Hugo Ivo Jory Kit Linus Merrick Nye Osric Piran Quill
    Rowan Silas Tobin Ulric Vaughn Wilf Xander Yestin Zeb
    """
)
_FIRST = _words(
    """
    Alder Birch Copper Dapple Elm Flint Glass Hazel Ivory Juniper Kestrel Larch Marl Nettle Oat Pebble
    """
)
_LAST = _words(
    """
    brook by combe den field ford garth ham hurst ley marsh mere stead thorpe wick worth
    """
)
_IRISH = ("O’Fernley", "O’Marsh", "D’Alder")


def forename(rng: Random, sex: str) -> str:
    return rng.choice(_BOYS if sex == "M" else _GIRLS)


def surname(rng: Random) -> str:
    """An invented surname; one in forty carries the apostrophe that word processors type."""
    if rng.random() < 0.025:
        return rng.choice(_IRISH)
    return rng.choice(_FIRST) + rng.choice(_LAST)


def nhs_number(rng: Random) -> str:
    return f"{TEST_NHS_NUMBERS}{rng.randrange(10**7):07d}"


def upn(rng: Random) -> str:
    """A unique pupil number in shape only: it starts with the letter that marks no real one here."""
    return f"Z999{rng.randrange(10**9):09d}"


def postcode(rng: Random) -> str:
    """A postcode that does not exist; some are given as unknown."""
    if rng.random() < 0.04:
        return "ZZZ"
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    return f"ZZ{rng.randint(1, 29)} {rng.randint(1, 9)}{rng.choice(letters)}{rng.choice(letters)}"
