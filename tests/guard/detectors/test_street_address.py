"""Addresses in the order and language of many countries, and what only looks like one."""

from __future__ import annotations

import pytest

from discretion.guard import View
from discretion.guard.detectors.street_address import street_address

FOUND = [
    ("its 418 Grand Larkmoor Apt 12", "418 Grand Larkmoor Apt 12", "a unit after names in capitals"),
    ("im Rowan Pettibone, 22 Oakfield Road", "22 Oakfield Road", "a person's name stays outside"),
    ("we live at Larkmoor House, 14 Mill Lane", "Larkmoor House, 14 Mill Lane", "a house's name belongs"),
    ("i live at oakfield rd 22", "oakfield rd 22", "the number behind, in small letters"),
    ("im at oakfield rd 22 btw", "oakfield rd 22", "the number behind, where one is"),
    ("MG Road 14, Bengaluru 560001", "MG Road 14, Bengaluru 560001", "the number behind, with town and code"),
    ("10117 Berlin, Unter den Linden 5", "10117 Berlin, Unter den Linden 5", "town and code first"),
    ("Anna Berg, Unter den Linden 5, 10117 Berlin",
     "Unter den Linden 5, 10117 Berlin", "town and code behind"),
    ("Hauptstraße 12, 10115 Berlin", "Hauptstraße 12, 10115 Berlin", "behind a letter that folds to two"),
    ("Damrak 1, 1012 LG Amsterdam", "Damrak 1, 1012 LG Amsterdam", "a Dutch code"),
    ("we live at 5 oakfield road, 98225", "5 oakfield road, 98225", "a code alone behind"),
    ("im from 60614", "60614", "a code one is from"),
    ("12 rue de la Paix, 75002 Paris", "12 rue de la Paix, 75002 Paris", "the code before the town"),
    ("15 Awolowo Road, Ikoyi, Lagos 101233", "15 Awolowo Road, Ikoyi, Lagos 101233", "quarter, town, code"),
    ("i live in 98225", "98225", "a code lived in"),
    ("i live at 22 oakfield rd", "22 oakfield rd", "as typed"),
    ("22 oakfield rd apt 3, second floor",
     "22 oakfield rd apt 3, second floor", "unit and floor belong to it"),
    ("Flat 2B, 14 Mill Lane, Leeds LS6 9ZZ.",
     "Flat 2B, 14 Mill Lane, Leeds LS6 9ZZ", "one span with city and code"),
    ("ship it to 418 N Larkmoor Ave, Tulsa, OK 74999",
     "418 N Larkmoor Ave, Tulsa, OK 74999", "United States"),
    ("its 9 Pellworth Rise, come round", "9 Pellworth Rise", "an everyday word as type, in capitals"),
    ("sent to 31 saltpetre row", "31 saltpetre row", "lower case, with a cue"),
    ("4/27 Galah Parade, Dubbo 2830", "4/27 Galah Parade, Dubbo 2830", "Australia, unit before number"),
    ("Unit 12, 88 Kowhai Terrace", "Unit 12, 88 Kowhai Terrace", "New Zealand"),
    ("Hauptstraße 12", "Hauptstraße 12", "Germany"),
    ("ich wohne Lindenallee 7, Hinterhaus", "Lindenallee 7, Hinterhaus", "Germany, back building"),
    ("12 rue des Lilas", "12 rue des Lilas", "France"),
    ("vivo en la calle del Pez Volador 14, 2º izquierda",
     "calle del Pez Volador 14, 2º izquierda", "Spain, floor and side"),
    ("Rua das Acácias, 123", "Rua das Acácias, 123", "Brazil"),
    ("via dei Girasoli 31, interno 6", "via dei Girasoli 31, interno 6", "Italy"),
    ("Zwaluwstraat 88", "Zwaluwstraat 88", "Netherlands"),
    ("ul. Bursztynowa 5, room 212", "ul. Bursztynowa 5, room 212", "Poland"),
    ("address is Strzelna 4/11", "Strzelna 4/11", "a bare street after the words for it"),
    ("No 7 Adeola Street", "No 7 Adeola Street", "Nigeria"),
    ("Blk 417 Sengkang Spring #11-08", "Blk 417 Sengkang Spring #11-08", "Singapore"),
    ("Blk 5 Lot 12 Sampaguita Homes", "Blk 5 Lot 12 Sampaguita Homes", "Philippines"),
    ("Flat 302, B wing, Amaltas Residency",
     "Flat 302, B wing, Amaltas Residency", "India, unit in a building"),
    ("mail comes to PO Box 14", "PO Box 14", "a box"),
    ("im in room 12b at the Larkmoor Hall", "room 12b at the Larkmoor Hall", "a building with a unit"),
    ("its EH12 9ZZ", "EH12 9ZZ", "a whole postcode, United Kingdom"),
    ("S4D 0F0", "S4D 0F0", "Canada"),
    ("eircode A65 F4E2", "A65 F4E2", "Ireland"),
    ("my zip is 74999", "74999", "United States, named"),
    ("cep 01310-999", "01310-999", "Brazil"),
    ("pincode 560999", "560999", "India, named"),
]  # fmt: skip

NOT = [
    ("22 oak trees", "a count"),
    ("We took Route 66, 10000 Miles later", "a journey"),
    ("im in 10000 dollars of debt", "a sum"),
    ("i live in 10000 light years from you", "a distance"),
    ("we sat at baker street 2 hours", "a time"),
    ("im at the dr 4 today", "a doctor"),
    ("Abbey Road 2 was bad", "a title"),
    ("In 10117 Berlin, Chapter 5", "a chapter"),
    ("a 5 star road trip", "a rating"),
    ("route 66", "a highway"),
    ("its a 5 minute walk", "a walk"),
    ("10 minutes drive from here", "a drive"),
    ("2 more steps", "a count of steps"),
    ("chapter 12 rue", "a chapter"),
    ("i live on oakfield rd", "a street without number is a location"),
    ("3 of the road crew", "a part"),
    ("in amsterdam 12 people", "a city"),
    ("Monday 9/13", "a date"),
    ("my pin is 560999", "a PIN is no postal code"),
    ("1066 AD", "a year"),
    ("season 2 drive to survive", "a show"),
    ("call me at 7", "a time"),
]


def found(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in street_address.find(View(text))]


@pytest.mark.parametrize(("text", "span", "reason"), FOUND)
def test_finds(text: str, span: str, reason: str) -> None:
    assert found(text) == [span], reason


@pytest.mark.parametrize(("text", "reason"), NOT)
def test_leaves(text: str, reason: str) -> None:
    assert found(text) == [], reason
