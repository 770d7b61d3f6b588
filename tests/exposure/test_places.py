"""How many people live where a chat says that somebody lives.

Each line of a table has the phrase and how many thousand live there at least and at most: round numbers
around the figures of the offices that ``SOURCES.toml`` names for ``place_ids``, left wide for the years.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from discretion.exposure._where import Where, meant, wider_places
from discretion.exposure.identifiability import StatedFact, estimate
from discretion.knowledge import normalise
from discretion.knowledge._values._place_tables import lenders, record
from discretion.knowledge.population import strata_of, world_countries
from discretion.records import Kind

BRITAIN = """
Lancashire 1450 1650 | lancs 1450 1650 | Kent 1800 2100 | Essex 1750 2000 | Yorkshire 5000 5700
West Yorkshire 2200 2500 | South Yorkshire 1300 1500 | North Yorkshire 780 900 | East Yorkshire 580 690
East Riding 320 380 | West Midlands 5700 6300 | the west midlands 5700 6300 | Greater Manchester 2750 3100
Surrey 1150 1900 | Surrey, England 1150 1300 | Surrey, UK 1150 1300 | Tyneside 830 950
Tyne and Wear 1080 1250 | East Anglia 2350 2850 | the Midlands 10500 11600 | Merseyside 1380 1550
Home Counties 7500 9500 | the home counties 7500 9500 | Sussex 1650 1850 | East Sussex 800 900
West Sussex 850 950 | Norfolk, UK 890 1000 | Norfolk 890 1300 | Suffolk 740 900 | Suffolk, England 740 820
Cambridgeshire 850 980 | cambs 850 980 | Hertfordshire 1150 1280 | herts 1150 1280 | Bedfordshire 680 770
Buckinghamshire 800 900 | Oxfordshire 700 800 | Berkshire 900 1150 | Hampshire 1800 2050 | hants 1800 2050
Dorset 750 840 | Devon 1180 1330 | Cornwall 550 680 | Somerset 950 1150 | Wiltshire 720 800
Gloucestershire 900 1000 | Worcestershire 590 650 | Warwickshire 580 640 | Herefordshire 180 200
Shropshire 490 540 | Staffordshire 1100 1220 | Cheshire 1070 1200 | Cumbria 490 540 | Derbyshire 1030 1130
Nottinghamshire 1130 1230 | notts 1130 1230 | Leicestershire 1050 1180 | Lincolnshire 1060 1180
Northamptonshire 760 850 | northants 760 850 | Rutland 38 100 | Northumberland 310 340
County Durham 510 560 | co durham 510 560 | Teesside 650 740 | Isle of Wight 135 150
the north west 7300 7900 | North West England 7300 7900 | the north east 2600 2850
northeast england 2600 2850 | the south east 9200 10000 | the south west 5600 6100
South West England 5600 6100 | East of England 6200 6800 | East Midlands 4800 5200
Yorkshire and the Humber 5400 5800 | Northern England 15400 16600 | the north of england 15400 16600
west country 3400 4300 | Hackney 250 300 | Hackney, London 250 300 | Lambeth 300 360
Tower Hamlets 300 345 | Croydon, London 380 430 | Camden, London 205 245 | Brixton 55 85
London 8700 9800 | south london 8700 9800 | East London 8700 9800
north london 8700 9800 | Wirral 310 345 | kirklees 420 470 | Clwyd 480 540 | Dyfed 370 410 | Gwent 560 640
Powys 125 145 | Glamorgan 1150 1400 | Gwynedd 110 130 | Anglesey 65 75 | North Wales 670 740
South Wales 1750 2000 | West Wales 370 410 | Cardiff 350 400 | Swansea 230 260 | Wales 3050 3300
the Highlands 230 250 | Scottish Highlands 230 250 | Fife 365 390 | the Borders 112 125 | Orkney 20 24
Shetland 21 25 | the Western Isles 24 30 | Aberdeenshire 255 275 | Ayrshire 355 385 | Lanarkshire 650 710
Lothian 880 970 | Tayside 400 435 | Perthshire 148 165 | Argyll 82 95 | Scotland 5400 5700
Glasgow 600 680 | Edinburgh 500 560 | County Antrim 590 700 | county down 530 640 | County Armagh 165 205
County Tyrone 180 215 | Fermanagh 60 75 | County Fermanagh 60 75 | county derry 235 275
Northern Ireland 1850 2000 | Belfast 280 350 | England 56000 60000 | Leeds, Yorkshire 800 900
Burnley, Lancashire 85 105 | Huddersfield 120 170 | Huddersfield, West Yorkshire 120 170
Preston, Lancashire 135 160 | Bolton 270 335 | Harrogate, North Yorkshire 70 175 | Margate, Kent 35 70
"""
AMERICA = """
Bay Area 7300 8300 | the bay area 7300 8300 | SF Bay Area 7300 8300 | East Bay 2600 3100
SoCal 22500 26000 | southern california 22500 26000 | NorCal 14000 17500 | upstate New York 6500 7700
upstate NY 6500 7700 | Long Island 2700 3050 | DFW 7200 8500 | Dallas area 7200 8500
Houston area 6800 7900 | Austin area 2100 2700 | Twin Cities 3500 3900 | the twin cities 3500 3900
Tri-state area 21500 24500 | nyc metro 18500 21000 | Pacific Northwest 13000 15000 | PNW 13000 15000
New England 14400 15800 | South Florida 6000 6700 | Chicagoland 9000 10100 | chicago area 9000 10100
Inland Empire 4400 5000 | DMV 6000 6700 | dc area 6000 6700 | northern virginia 2300 2800 | nova 2300 2800
Hampton Roads 1680 1900 | metro atlanta 5800 6500 | Greater Boston 4600 5200 | metro detroit 4100 4600
philly area 5900 6500 | delaware valley 5900 6500 | Lehigh Valley 810 900 | Denver area 2800 3200
phoenix area 4600 5400 | seattle area 3800 4300 | Puget Sound 4500 5200 | Tampa Bay 3000 3500
Orlando area 2400 2900 | Research Triangle 1800 2300 | raleigh-durham 1800 2300 | silicon valley 1800 2050
Rio Grande Valley 1300 1500 | RGV 1300 1500 | the midwest 66000 73000 | deep south 26000 30000
the carolinas 15000 17500 | south jersey 1800 1950 | west coast 50000 56000 | LA area 12700 14000
greater los angeles 18000 20000 | Brooklyn 2400 2800 | Queens 2200 2450 | the Bronx 1300 1500
Manhattan 1450 1800 | Harlem 100 250 | King County, WA 2150 2450 | Cook County 5000 5500
Maricopa County 4200 5000 | Orleans Parish 370 430 | Tulsa County 630 700 | Norfolk, VA 225 265
Kent, WA 115 140 | Durham, NC 240 330 | Lancaster, PA 55 65 | New Hampshire 1330 1450 | texas 28000 32000
LA county 9600 10600 | Wasatch Front 2300 2700 | Mid-Atlantic 40000 43500 | Bucks County 600 680
Travis County 1180 1400
"""
WORLD = """
Kerry 145 170 | County Kerry 145 170 | co kerry 145 170 | County Mayo 128 150 | County Wicklow 140 165
GTA 6500 7500 | Greater Toronto Area 6500 7500 | Leith 480 560 | Newcastle, UK 290 340
Netherlands 16800 18500 | the Netherlands 16800 18500 | Holland 16800 18500 | Armenia 2700 3100
Jamaica 2700 3100 | Niger 26000 30000 | Belize 400 460 | Montenegro 600 650 | Grenada 105 125
Isle of Man 80 90 | Jersey 88 110 | Guernsey 60 70 | Greenland 54 60 | Liechtenstein 36 41 | Monaco 35 40
Kosovo 1550 1950 | Cayman Islands 60 90 | Bermuda 60 66 | Gibraltar 32 40 | Andorra 75 90
San Marino 32 50 | Faroe Islands 47 56 | Dominica 65 75 | County Cork 550 620 | co. cork 550 620
County Dublin 1400 1550 | County Galway 260 295 | county donegal 155 180 | Ireland 4900 5400
Bavaria 12500 13700 | Bayern 12500 13700 | NRW 17300 18600 | Nordrhein-Westfalen 17300 18600
Baden-Württemberg 10700 11600 | Hessen 6000 6600 | Niedersachsen 7700 8300 | Saarland 950 1020
Hamburg 1700 1950 | Berlin 3300 3800 | Kerala 33000 42000 | Maharashtra 112000 136000
Tamil Nadu 72000 88000 | Uttar Pradesh 199000 242000 | Gujarat 60000 73000 | Karnataka 61000 73000
Goa 1400 1800 | Gauteng 14500 16500 | KwaZulu-Natal 11800 13500 | KZN 11800 13500 | Western Cape 7000 8100
Limpopo 6200 7000 | Metro Manila 13000 15000 | Calabarzon 15500 17800 | Central Luzon 12000 13500
Ontario 14000 16500 | Quebec 8400 9300 | the maritimes 1700 2500 | London, Ontario 340 560
Toronto 2600 3200 | NSW 7700 9000 | Queensland 4500 6100 | Sydney 4500 5700 | Melbourne 4200 5500
Perth 1850 2500 | scandinavia 20500 23500 | Scotland, UK 5400 5700 | mexico 125000 140000
New Zealand 4800 5400 | Sicilia 4200 6500 | Catalunya 6500 9500
Lombardia 8000 12500 | Holland, MI 30 40
"""


def rows(table: str) -> list[tuple[str, int, int]]:
    cells = [cell.split() for line in table.splitlines() if line for cell in line.split(" | ")]
    return [(" ".join(words), int(low), int(high)) for *words, low, high in cells]


def people_in(words: str) -> float:
    value = normalise(Kind.LOCATION, words)
    assert value is not None
    return sum(float(stratum.people.sum()) for one in meant(value) for stratum in strata_of(one))


@pytest.mark.parametrize(("words", "low", "high"), rows(BRITAIN + AMERICA + WORLD))
def test_as_many_people_live_there_as_the_offices_say(words: str, low: int, high: int) -> None:
    assert low * 1000 <= people_in(words) <= high * 1000


@pytest.mark.parametrize(
    ("words", "names", "why"),
    [
        ("Burnley", ["Lancashire", "North West England", "England", "United Kingdom"], "a district's town"),
        ("Rochdale", ["Greater Manchester", "North West England", "England"], "a borough by its own name"),
        ("Huddersfield", ["Kirklees", "West Yorkshire", "Yorkshire"], "a town in a borough"),
        ("Hackney", ["London", "England", "United Kingdom"], "a borough of London"),
        ("Brixton", ["London", "England", "United Kingdom"], "a quarter of London"),
        ("Kirkcaldy", ["Fife", "Scotland", "United Kingdom"], "a town in a Scottish county"),
        ("Aberystwyth", ["Ceredigion", "Mid Wales", "Wales"], "a town in Wales"),
        ("Lancashire", ["North West England", "England", "United Kingdom"], "a county"),
        ("Long Island", ["New York", "United States"], "counties of a state"),
        ("chicagoland", ["United States"], "counties of several states"),
        ("Tulsa", ["Oklahoma", "United States"], "an American town"),
    ],
)
def test_wider_places_lead_from_the_town_by_its_county_to_the_country(
    words: str, names: list[str], why: str
) -> None:
    value = normalise(Kind.LOCATION, words)
    assert value is not None
    found = [name.removeprefix("the ") for name, _ in wider_places(Where(meant(value)))]
    places = iter(found)
    assert all(name in places for name in names), (why, found)


def test_an_area_has_the_ages_of_what_lies_in_it() -> None:
    whole = sum(stratum.people for stratum in strata_of("area:lancashire"))
    parts = sum(
        stratum.people
        for code in [f"ons:E07{number:06d}" for number in range(117, 129)]
        + ["ons:E06000008", "ons:E06000009"]
        for stratum in strata_of(code)
    )
    assert np.allclose(whole, parts)


def test_a_country_is_lent_ages_by_one_that_has_them_and_its_interval_is_wide() -> None:
    for borrower, lender in lenders().items():
        known = record(borrower)
        assert known is not None, borrower
        assert borrower not in world_countries(), borrower
        assert not known.people or strata_of(borrower)[0].spread >= 0.3, lender


@pytest.mark.parametrize("words", ["Yorkshire", "the south east", "upstate New York", "Isle of Man", "DMV"])
def test_an_area_can_be_counted_in(words: str) -> None:
    found = estimate(
        [StatedFact("location", words), StatedFact("age", "34"), StatedFact("gender", "woman")],
        today=date(2026, 11, 25),
    )
    assert found.status == "estimated"
    assert found.k is not None
    assert found.k > 100
