"""The shapes in which ministries print contacts, filled with invented people (``field-notes/variety.md`` §4.2).

All synthetic: names are made up, addresses at ``.example``, numbers of ranges that are reserved or made up.
Each row: language, country, the lines, and of each contact name, phone, address.
"""

from __future__ import annotations

from tests.contact_shapes_wider import WIDER, Shape

SHAPES: tuple[Shape, ...] = (
    # Finnish
    (
        "fi",
        "FI",
        "Lisätietoja: erityisasiantuntija Aino Koskela, ympäristöministeriö, puh. 0295 250 111",
        (("Aino Koskela", "0295 250 111", None),),
    ),
    (
        "fi",
        "FI",
        "Lisätietoja:\nYlitarkastaja Aino Koskela, p. 0295 250 111\nJohtaja Matti Rantala, p. 040 123 4567",
        (("Aino Koskela", "0295 250 111", None), ("Matti Rantala", "040 123 4567", None)),
    ),
    (
        "fi",
        "FI",
        "Lisätietoja:\nneuvotteleva virkamies Aino Koskela, sosiaali- ja terveysministeriö\npuh. 0295 250 111",
        (("Aino Koskela", "0295 250 111", None),),
    ),
    (
        "fi",
        "FI",
        "Lisätietoa vierailusta antaa puolustusministerin erityisavustaja Matti Rantala puh. 0295 140 100 sekä harjoituksesta everstiluutnantti Aino Koskela puh. 0295 140 200.",
        (("Matti Rantala", "0295 140 100", None), ("Aino Koskela", "0295 140 200", None)),
    ),
    (
        "fi",
        "FI",
        "Lisätietoja: Aino Koskela, puh. 0295 250 111 sekä viestintäjohtaja Matti Rantala, puh. 0295 250 222.",
        (("Aino Koskela", "0295 250 111", None), ("Matti Rantala", "0295 250 222", None)),
    ),
    # Swedish, Finland
    (
        "sv",
        "FI",
        "Ytterligare information: Ebba Lindkvist, chef för enheten för Asien, tfn +358 295 350 111, och Nils Hedberg, attaché, tfn 040 123 4567.",
        (("Ebba Lindkvist", "+358 295 350 111", None), ("Nils Hedberg", "040 123 4567", None)),
    ),
    (
        "sv",
        "FI",
        "Ytterligare information: Ebba Lindkvist, regeringsråd, justitieministeriet, tfn 0295 150 111, Nils Hedberg, specialsakkunnig, tfn 0295 150 222, Siv Nyholm, jurist, tfn 0295 150 333",
        (
            ("Ebba Lindkvist", "0295 150 111", None),
            ("Nils Hedberg", "0295 150 222", None),
            ("Siv Nyholm", "0295 150 333", None),
        ),
    ),
    (
        "sv",
        "FI",
        "Ytterligare information:\nregeringsråd Ebba Lindkvist, tfn 0295 150 111\nlagstiftningsrådet Nils Hedberg, tfn 0295 150 222",
        (("Ebba Lindkvist", "0295 150 111", None), ("Nils Hedberg", "0295 150 222", None)),
    ),
    (
        "sv",
        "FI",
        "Ytterligare information om ärendet ges av Ebba Lindkvist, planerare, tfn 0295 140 111 och om kommunikationen av Nils Hedberg, informatör, tfn 0295 140 222.",
        (("Ebba Lindkvist", "0295 140 111", None), ("Nils Hedberg", "0295 140 222", None)),
    ),
    (
        "sv",
        "FI",
        "Ytterligare uppgifter: försvarsministerns adjutant, major Nils Hedberg, tfn 0295 140 222",
        (("Nils Hedberg", "0295 140 222", None),),
    ),
    (
        "sv",
        "FI",
        "Ytterligare information: Siv Nyholm, statsrådets samordnare för arbetet mot människohandel, tfn. 0295 150 999, [email protected]",
        (("Siv Nyholm", "0295 150 999", None),),
    ),
    # Swedish, Sweden
    (
        "sv",
        "SE",
        "Presskontakt\nEbba Lindkvist\nTf pressekreterare hos utbildningsminister Karl Testsson\nTelefon (växel) 08-405 10 00\nMobil 070-174 06 05\ne-post till Ebba Lindkvist",
        (("Ebba Lindkvist", "08-405 10 00", None),),
    ),
    (
        "sv",
        "SE",
        "Presskontakt\nPressekreterare hos utbildningsminister Karl Testsson\nMobil 070-174 06 05\ne-post till Ebba Lindkvist",
        (("Ebba Lindkvist", "070-174 06 05", None),),
    ),
    (
        "sv",
        "SE",
        "Kontakt\nEbba Lindkvist\nPressekreterare\n08-405 11 11\n070-174 06 05\nNils Hedberg\nStatssekreterare\n08-405 22 22",
        (("Ebba Lindkvist", "08-405 11 11", None), ("Nils Hedberg", "08-405 22 22", None)),
    ),
    (
        "sv",
        "SE",
        "Kontakt: Ebba Lindkvist, enhetschef, chef för beredskap\n08-465 040 11 eller 070-174 06 05",
        (("Ebba Lindkvist", "08-465 040 11", None),),
    ),
    (
        "sv",
        "SE",
        "Presskontakt\nFör statsministern: Ebba Lindkvist 08-405 11 11, 070-174 06 05\nFör finansministern: Nils Hedberg 08-405 22 22",
        (("Ebba Lindkvist", "08-405 11 11", None), ("Nils Hedberg", "08-405 22 22", None)),
    ),
    # English, Finland and elsewhere
    (
        "en",
        "FI",
        "Inquiries: Helen Ashgrove, Director, Unit for Africa, tel. +358 295 351 111, and Counsellor Peter Thornby, Embassy of Finland, Nairobi, tel. +254 20 375 0721",
        (("Helen Ashgrove", "+358 295 351 111", None), ("Peter Thornby", "+254 20 375 0721", None)),
    ),
    (
        "en",
        "FI",
        "Further information: Helen Ashgrove, Senior Specialist, helen.ashgrove@gov.example, tel. +358 295 250 111",
        (("Helen Ashgrove", "+358 295 250 111", "helen.ashgrove@gov.example"),),
    ),
    (
        "en",
        "ZA",
        "Media enquiries:\nMs Helen Ashgrove\nCell: 082 555 0101\nBrigadier Peter Thornby\nSAPS National: Media Centre\nCell: 082 555 0102",
        (("Helen Ashgrove", "082 555 0101", None), ("Peter Thornby", "082 555 0102", None)),
    ),
    (
        "en",
        "CA",
        "Contacts\nMedia Relations\nDepartment of Small Harbours\n613-555-0143",
        ((None, "613-555-0143", None),),
    ),
    ("en", "US", "Contact: Helen Ashgrove (202) 555-0143", (("Helen Ashgrove", "(202) 555-0143", None),)),
    (
        "en",
        "US",
        "MEDIA CONTACT:\nHELEN ASHGROVE (202) 555-0143",
        (("HELEN ASHGROVE", "(202) 555-0143", None),),
    ),
    (
        "en",
        "US",
        "Press contact: Peter Thornby, 202-555-0143 (mobile)\npeter.thornby@mail.example",
        (("Peter Thornby", "202-555-0143", "peter.thornby@mail.example"),),
    ),
    (
        "en",
        "SG",
        "For media queries, please contact:\nHelen Ashgrove (Ms)\nAssistant Director\nMinistry of Small Harbours\nTel: 6325 0101\nEmail: Helen_ASHGROVE@msh.example",
        (("Helen Ashgrove", "6325 0101", "Helen_ASHGROVE@msh.example"),),
    ),
    (
        "en",
        "GB",
        "Notes to editors: media queries to the Press Office on 020 7946 0101 or out of hours on 020 7946 0102",
        ((None, "020 7946 0101", None),),
    ),
    (
        "en",
        "AU",
        "Media contact: Helen Ashgrove – 0491 570 156 – media@minister.example",
        (("Helen Ashgrove", "0491 570 156", "media@minister.example"),),
    ),
    # Norwegian
    (
        "nb",
        "NO",
        "Pressekontakt: Kommunikasjonsrådgiver Ragna Solvik, tel. 22 24 01 01",
        (("Ragna Solvik", "22 24 01 01", None),),
    ),
    (
        "nb",
        "NO",
        "Pressekontakt: kommunikasjonssjef Ragna Solvik (mobil: 950 01 011)",
        (("Ragna Solvik", "950 01 011", None),),
    ),
    (
        "nb",
        "NO",
        "Kontaktperson: politisk rådgiver Ragna Solvik: 950 01 011",
        (("Ragna Solvik", "950 01 011", None),),
    ),
    (
        "nb",
        "NO",
        "Kontakt: seniorrådgiver Ragna Solvik – mob. 950 01 011",
        (("Ragna Solvik", "950 01 011", None),),
    ),
    (
        "nb",
        "NO",
        "Pressekontakt: Kommunikasjonsrådgiver Ragna Solvik, rso@fd.example, mobil 950 01 011.",
        (("Ragna Solvik", "950 01 011", "rso@fd.example"),),
    ),
    (
        "nb",
        "NO",
        "Kontaktpersoner:\nRagna Solvik, seniorrådgiver i avdeling for havner i Fiskeridepartementet, tlf.: 950 01 011\nTrygve Elvestad, avdelingsdirektør i Fiskeridepartementet, tlf.: 950 01 012",
        (("Ragna Solvik", "950 01 011", None), ("Trygve Elvestad", "950 01 012", None)),
    ),
    (
        "nb",
        "NO",
        "Pressekontakt: Ragna Solvik, Statsministerens kontor: telefon 22 24 01 01 eller epost rso@smk.example",
        (("Ragna Solvik", "22 24 01 01", "rso@smk.example"),),
    ),
    (
        "nb",
        "NO",
        "Pressekontakter er kommunikasjonsrådgiver Ragna Solvik, telefon 22 24 01 01, e-post rso@smk.example og statssekretær Trygve Elvestad, telefon 22 24 01 02, e-post tel@smk.example.",
        (
            ("Ragna Solvik", "22 24 01 01", "rso@smk.example"),
            ("Trygve Elvestad", "22 24 01 02", "tel@smk.example"),
        ),
    ),
    (
        "nb",
        "NO",
        "Pressekontakt for fiskeriminister Test Testesen:\nKommunikasjonsrådgiver Ragna Solvik, mobil 950 01 011, e-post: rso@nfd.example\nOberst Trygve Elvestad, mobil 950 01 012",
        (("Ragna Solvik", "950 01 011", "rso@nfd.example"), ("Trygve Elvestad", "950 01 012", None)),
    ),
    (
        "nb",
        "NO",
        "Kontakt: Ragna Solvik på e-post: rso@nfd.example, eller mobil: 950 01 011.",
        (("Ragna Solvik", "950 01 011", "rso@nfd.example"),),
    ),
    (
        "nb",
        "NO",
        "Pressekontakt\nRagna Solvik\nTelefon 22 24 01 01\nE-post rso@nfd.example",
        (("Ragna Solvik", "22 24 01 01", "rso@nfd.example"),),
    ),
    (
        "nb",
        "NO",
        "Påmelding til kommunikasjonsrådgiver Ragna Solvik (rso@nfd.example), tlf: 950 01 011",
        (("Ragna Solvik", "950 01 011", "rso@nfd.example"),),
    ),
    (
        "nb",
        "NO",
        "Kontakt: kommunikasjonsrådgiver Ragna Solvik, tlf 950 01 011Om oss",
        (("Ragna Solvik", "950 01 011", None),),
    ),
    (
        "nn",
        "NO",
        "Kontakt: Kommunikasjonsrådgjevar Ragna Solvik, 950 01 011",
        (("Ragna Solvik", "950 01 011", None),),
    ),
    # Danish
    (
        "da",
        "DK",
        "Yderligere oplysninger: Signe Holmager, tlf 33 92 01 01.",
        (("Signe Holmager", "33 92 01 01", None),),
    ),
    (
        "da",
        "DK",
        "For yderligere oplysninger:\nPressechef Signe Holmager, telefon 33 92 01 01.\nFuldmægtig Asger Lundkær, telefon 33 92 01 02.",
        (("Signe Holmager", "33 92 01 01", None), ("Asger Lundkær", "33 92 01 02", None)),
    ),
    (
        "da",
        "DK",
        "Kontaktperson: Kontorchef i Justitsministeriet, Signe Holmager, telefon 7226 0101.",
        (("Signe Holmager", "7226 0101", None),),
    ),
    (
        "da",
        "DK",
        "Kontaktperson: Pressechef i Justitsministeriet Signe Holmager, sho@jm.example, tlf. 7226 0101.",
        (("Signe Holmager", "7226 0101", "sho@jm.example"),),
    ),
    (
        "da",
        "DK",
        "Journalister kan kontakte pressechef Signe Holmager på [email protected] eller 7226 0101",
        (("Signe Holmager", "7226 0101", None),),
    ),
    # German
    (
        "de",
        "AT",
        "Rückfragen & Kontakt:\nBundesministerium für Häfen\nDr. Greta Waldbach\nPressesprecherin\n+43 1 711 00-1001\ngreta.waldbach@bmh.example\nwww.bmh.example",
        (("Greta Waldbach", "+43 1 711 00-1001", "greta.waldbach@bmh.example"),),
    ),
    (
        "de",
        "AT",
        "Rückfragen & Kontakt:\nBundesministerium für Häfen\nDr. Waldbach\nTel. +43 1 711 00-1001",
        (("Waldbach", "+43 1 711 00-1001", None),),
    ),
    (
        "de",
        "AT",
        "Rückfragen & Kontakt:\nLandesverteidigung\nOberst Anton Kirchhof, MA\nPressesprecher\nTelefon: +43 1 711 00-1001\npresse@heer.example",
        (("Anton Kirchhof", "+43 1 711 00-1001", "presse@heer.example"),),
    ),
    (
        "de",
        "AT",
        "Rückfragehinweis:\nGreta Waldbach, BA MA\nBundesministerium für Häfen\nTel.: +43 1 711 00-1001\npresse @ bmh.example",
        (("Greta Waldbach", "+43 1 711 00-1001", "presse@bmh.example"),),
    ),
    (
        "de",
        "CH",
        "Für weitere Auskünfte:\nGreta Waldbach, Projektleiterin, +41 58 461 01 01\nAdresse für Rückfragen:\nInformationsdienst\nBundeshaus Ost\nCH-3003 Bern\nTel.: +41 58 461 01 02\nFax: +41 58 461 01 03\nE-Mail: info@dep.example",
        (("Greta Waldbach", "+41 58 461 01 01", None), (None, "+41 58 461 01 02", "info@dep.example")),
    ),
    (
        "de",
        "DE",
        "Pressekontakt:\nGreta Waldbach\nPressesprecherin\nTelefon: 030 18 555-1001\nE-Mail: presse@bmh.example",
        (("Greta Waldbach", "030 18 555-1001", "presse@bmh.example"),),
    ),
    (
        "de",
        "DE",
        "Ansprechpartner:\nVorname: Greta\nNachname: Waldbach\nTelefon: +49 30 18 555-1001",
        (("Greta Waldbach", "+49 30 18 555-1001", None),),
    ),
    # French
    (
        "fr",
        "CA",
        "Personnes-ressources\nOdette Marchebois\nAttachée de presse\nCabinet de la ministre des Ports\nCourriel : odette.marchebois@ports.example\nRelations avec les médias\nMinistère des Ports\nTéléphone : 819-555-0143\nCourriel : media@ports.example",
        (
            ("Odette Marchebois", None, "odette.marchebois@ports.example"),
            (None, "819-555-0143", "media@ports.example"),
        ),
    ),
    (
        "fr",
        "CA",
        "Renseignements : Odette Marchebois, Attachée de presse, Cabinet de la ministre, 418 555-0143, odette.marchebois@ports.example; Relations avec les médias, Ministère des Ports, 819-555-0144, media@ports.example",
        (
            ("Odette Marchebois", "418 555-0143", "odette.marchebois@ports.example"),
            (None, "819-555-0144", "media@ports.example"),
        ),
    ),
    (
        "fr",
        "BE",
        "Contact : M. Bastien Rivedoux Service Presse +32 2 555 01 01 bastien.rivedoux@ports.example",
        (("Bastien Rivedoux", "+32 2 555 01 01", "bastien.rivedoux@ports.example"),),
    ),
    (
        "fr",
        "FR",
        "Contacts presse\nOdette Marchebois\n01 99 00 01 01\npresse@ports.example",
        (("Odette Marchebois", "01 99 00 01 01", "presse@ports.example"),),
    ),
    *WIDER,
)
