"""More shapes of contacts, in the languages of Europe's east and of other continents; see ``contact_shapes``. All synthetic."""

from __future__ import annotations

Expected = tuple[str | None, str | None, str | None]
Shape = tuple[str, str, str, tuple[Expected, ...]]

WIDER: tuple[Shape, ...] = (
    # Latvian, Romanian, Korean, Czech, Polish, Slovene, Croatian, Serbian, Ukrainian
    (
        "lv",
        "LV",
        "Informāciju sagatavoja:\nIlze Ozolkalne\nSabiedrisko attiecību nodaļas vadītāja\nTel.: 67011101, mob.tel.: 29111101\nE-pasts: ilze.ozolkalne@min.example",
        (("Ilze Ozolkalne", "67011101", "ilze.ozolkalne@min.example"),),
    ),
    (
        "lv",
        "LV",
        "Papildu informācija:\nIlze Ozolkalne\nSatiksmes ministrijas\nKomunikācijas nodaļas vecākā referente\nTālrunis: 67011101, 29111101\nE-pasts: ilze.ozolkalne@min.example\nJānis Bērzlapa\nSatiksmes ministrijas\nParlamentārais sekretārs\nTālrunis: 67011102\nE-pasts:",
        (("Ilze Ozolkalne", "67011101", "ilze.ozolkalne@min.example"), ("Jānis Bērzlapa", "67011102", None)),
    ),
    (
        "ko",
        "KR",
        "연락처\n해양부\n항만국 항만과\n과장 김하늘\n02-2100-0101",
        (("김하늘", "02-2100-0101", None),),
    ),
    (
        "ko",
        "KR",
        "연락처\n해양부\n항만국 항만과\n홍보담당관김하늘\n02-2100-0101",
        (("김하늘", "02-2100-0101", None),),
    ),
    (
        "cs",
        "CZ",
        "Kontakt pro média: Hana Lípová, tisková mluvčí, 777 000 101",
        (("Hana Lípová", "777 000 101", None),),
    ),
    (
        "sl",
        "SI",
        "Več informacij: polkovnik Matej Hrastnik, mobilni telefon 041 000 101",
        (("Matej Hrastnik", "041 000 101", None),),
    ),
    (
        "hr",
        "HR",
        "Osoba za kontakt je načelnica odjela Vesna Lukavec, mob: 099 000 1011.Najave",
        (("Vesna Lukavec", "099 000 1011", None),),
    ),
    ("sr", "RS", "Особа за контакт: Вера Лукавац, 064 0001 011.", (("Вера Лукавац", "064 0001 011", None),)),
    (
        "is",
        "IS",
        "Fjölmiðlar eru beðnir um að tilkynna þátttöku sína til Sunnu Björnsdóttur í utanríkisráðuneytinu í síma 545-0101 eða e-mail: sunna.bjornsdottir@mfa.example.",
        (("Sunna Björnsdóttir", "545-0101", "sunna.bjornsdottir@mfa.example"),),
    ),
    (
        "et",
        "EE",
        "Lisainfo: Kadri Saarepuu, pressiesindaja, 620 0101, kadri.saarepuu@min.example",
        (("Kadri Saarepuu", "620 0101", "kadri.saarepuu@min.example"),),
    ),
    (
        "lt",
        "LT",
        "Daugiau informacijos: Rasa Ąžuolienė, atstovė spaudai, tel. (8 5) 200 0101, rasa.azuoliene@min.example",
        (("Rasa Ąžuolienė", "(8 5) 200 0101", "rasa.azuoliene@min.example"),),
    ),
    (
        "pl",
        "PL",
        "Kontakt dla mediów: Ewa Brzozowicz, rzecznik prasowy, tel. 22 500 01 01, e-mail: rzecznik@min.example",
        (("Ewa Brzozowicz", "22 500 01 01", "rzecznik@min.example"),),
    ),
    (
        "es",
        "ES",
        "Contacto de prensa: Lucía Robledal, jefa de prensa, 91 000 01 01, prensa@min.example",
        (("Lucía Robledal", "91 000 01 01", "prensa@min.example"),),
    ),
    (
        "it",
        "IT",
        "Ufficio stampa: Chiara Boschetti, portavoce, tel. 06 0000 0101, stampa@min.example",
        (("Chiara Boschetti", "06 0000 0101", "stampa@min.example"),),
    ),
    (
        "pt",
        "PT",
        "Contacto: Marta Carvalhal, assessora de imprensa, 210 000 101, marta.carvalhal@min.example",
        (("Marta Carvalhal", "210 000 101", "marta.carvalhal@min.example"),),
    ),
    (
        "el",
        "GR",
        "Επικοινωνία: Ελένη Δασοπούλου, Γραφείο Τύπου, 210 000 0101, press@min.example",
        (("Ελένη Δασοπούλου", "210 000 0101", "press@min.example"),),
    ),
    (
        "hu",
        "HU",
        "Sajtókapcsolat: Erdős Villő, sajtóreferens, +36 1 555 0101, sajto@min.example",
        (("Erdős Villő", "+36 1 555 0101", "sajto@min.example"),),
    ),
    (
        "nl",
        "NL",
        "Perscontact: Fenna Boomgaard, woordvoerder, 070 000 01 01, f.boomgaard@min.example",
        (("Fenna Boomgaard", "070 000 01 01", "f.boomgaard@min.example"),),
    ),
    (
        "tr",
        "TR",
        "İletişim: Deniz Ormancı, basın müşaviri, 0312 000 01 01",
        (("Deniz Ormancı", "0312 000 01 01", None),),
    ),
    (
        "uk",
        "UA",
        "Контакти для ЗМІ: Оксана Дубравська, речниця, (044) 200-01-01, press@min.example",
        (("Оксана Дубравська", "(044) 200-01-01", "press@min.example"),),
    ),
    (
        "ru",
        "RU",
        "Контакт для СМИ: Анна Дубравина, пресс-секретарь, +7 495 000-01-01",
        (("Анна Дубравина", "+7 495 000-01-01", None),),
    ),
    ("bg", "BG", "За контакти: Елена Дъбова, експерт, 02 000 0101", (("Елена Дъбова", "02 000 0101", None),)),
    ("ar", "LB", "للتواصل: سلمى الحرجي، المكتب الإعلامي، 01 000 101", (("سلمى الحرجي", "01 000 101", None),)),
    ("he", "IL", "לפרטים נוספים: יעל אלון, דוברת המשרד, 02-000-0101", (("יעל אלון", "02-000-0101", None),)),
    (
        "ja",
        "JP",
        "担当：港湾課 課長補佐 森田 はるか 電話 03-0000-0101",
        (("森田 はるか", "03-0000-0101", None),),
    ),
    ("zh", "TW", "聯絡人：林曉彤 科長 電話：02-2000-0101", (("林曉彤", "02-2000-0101", None),)),
    (
        "zh",
        "TW",
        "新聞聯絡人：綜合規劃司 林柏松司長\n電話：(02)2000-0101 分機123",
        (("林柏松", "(02)2000-0101", None),),
    ),
    ("zh", "HK", "傳媒查詢：新聞組，電話：2000 0101", ((None, "2000 0101", None),)),
    (
        "el",
        "GR",
        "Υπεύθυνος επικοινωνίας:\nΝίκος Ελατάκης\nΤηλέφωνο: 2310 000101\nΗλεκτρονική διεύθυνση: n.elatakis@min.example",
        (("Νίκος Ελατάκης", "2310 000101", "n.elatakis@min.example"),),
    ),
    (
        "hy",
        "AM",
        "Լրացուցիչ տեղեկություններ՝ Անի Կաղնյան, մամուլի քարտուղար, հեռ.՝ 010 000101",
        (("Անի Կաղնյան", "010 000101", None),),
    ),
    (
        "th",
        "TH",
        "สอบถามข้อมูลเพิ่มเติม: นายสมชาย โพธิ์งาม ผู้อำนวยการกองประชาสัมพันธ์ โทร. 0 2000 0101 ต่อ 123",
        (("สมชาย โพธิ์งาม", "0 2000 0101", None),),
    ),
    (
        "ms",
        "MY",
        "Untuk maklumat lanjut, sila hubungi:\nPn. Siti Meranti\nKetua Unit Komunikasi Korporat\nTel: 03-0000 0101",
        (("Siti Meranti", "03-0000 0101", None),),
    ),
    (
        "am",
        "ET",
        "ለበለጠ መረጃ፦ አልማዝ ዋርካ፣ የሕዝብ ግንኙነት ዳይሬክተር፣ ስልክ፦ +251 11 000 0101",
        (("አልማዝ ዋርካ", "+251 11 000 0101", None),),
    ),
    ("ne", "NP", "सम्पर्क: सूचना अधिकारी सरिता पिपल, फोन: 01-4000101", (("सरिता पिपल", "01-4000101", None),)),
    (
        "ro",
        "RO",
        "Persoană de contact: Comisar-șef Ioana Stejaru, purtător de cuvânt, tel. 0740 000 101",
        (("Ioana Stejaru", "0740 000 101", None),),
    ),
    (
        "ka",
        "GE",
        "საკონტაქტო პირი: ნინო მუხაძე, პრესსამსახურის უფროსი, ტელ.: 599 00 01 01",
        (("ნინო მუხაძე", "599 00 01 01", None),),
    ),
)
