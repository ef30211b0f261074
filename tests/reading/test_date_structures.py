"""Where the date stands on pages of sixty kinds of sites: synthetic pages in the structures that such sites had in 2025."""

from __future__ import annotations

import pytest

from crawler.languages import words
from crawler.reading.dates import find_dates
from crawler.reading.headline import find_headline
from crawler.reading.metadata import collect_metadata
from crawler.reading.page import parse_page
from crawler.reading.place import find_place
from crawler.registry import Newsroom
from pipelines.dates import choose

REST = "The ministry publishes its annual review of road safety, and the number of accidents on winter roads fell again this year.</p>"
PARTS = {
    "{TI}": "<title>Annual review of road safety</title>",
    "{H}": "<h1>Annual review of road safety</h1>",
    "{N}": "<nav><ul><li><a href='/'>Home</a></li><li><a href='/n'>News</a></li><li><a href='/c'>Contact</a></li></ul></nav>",
    "{T}": "<p>" + REST,
    "{REST}": REST,
}
# kind of site, language, country, zone, page, the day (and time) that it tells
# fmt: off
SITES = [
    ('bundesregierung', 'de', 'DE', 'Europe/Berlin', '<html lang=de>{TI}<body>{N}<main><div class="bpa-article"><span>Meldung</span><div class="bpa-date"><span class="aural">Datum:</span> <time datetime="2025-06-12T10:00">12. Juni 2025</time></div>{H}<p>Lesedauer: 3 Min.</p>{T}{T}</div></main></body>', '2025-06-12T10:00'),
    ('govuk', 'en', 'GB', 'Europe/London', '<html lang=en>{TI}<meta name="govuk:first-published-at" content="2025-05-12T09:30:00+01:00"><meta name="govuk:public-updated-at" content="2025-05-14T09:30:00+01:00"><body><main><span>Press release</span>{H}<dl class="gem-c-metadata__list"><dt>From:</dt><dd><a>Department for Transport</a></dd><dt>Published</dt><dd>12 May 2025</dd><dt>Last updated</dt><dd>14 May 2025 — <a>See all updates</a></dd></dl>{T}{T}<h2>Updates to this page</h2><p>Published 12 May 2025</p><p>Last updated 14 May 2025</p></main>', '2025-05-12T09:30'),
    ('scot', 'en', 'GB', 'Europe/London', '<html lang=en>{TI}<body><div class="ds_page-header">{H}<dl class="ds_metadata"><div><dt>Published</dt><dd><strong>12 May 2025 10:30</strong></dd></div><div><dt>Topic</dt><dd>Transport</dd></div></dl></div>{T}{T}', '2025-05-12T10:30'),
    ('wales', 'en', 'GB', 'Europe/London', '<html lang=en>{TI}<body><h4>Press release</h4>{H}<p>Deputy Minister welcomes review.</p><dl><dt>First published:</dt><dd>12 May 2025</dd><dt>Last updated:</dt><dd>13 May 2025</dd></dl>{T}{T}', '2025-05-12'),
    ('stjornarradid', 'is', 'IS', 'Atlantic/Reykjavik', '<html lang=is>{TI}<body>{N}<article><p class="dags">12. maí 2025 <span>Innviðaráðuneytið</span></p>{H}{T}{T}</article><div><h3>Nýjustu fréttir</h3><p>9. maí 2025 <a>Frétt</a></p></div>', '2025-05-12'),
    ('gouvlu', 'fr', 'LU', 'Europe/Luxembourg', '<html lang=fr>{TI}<body><main><div class="page-more"><a>Communiqué</a> <time>12.05.2025</time></div>{H}{T}{T}<p>Communiqué par le ministère de la Mobilité</p><p>Dernière mise à jour <time>13.05.2025</time></p></main>', '2025-05-12'),
    ('belgium', 'nl', 'BE', 'Europe/Brussels', '<html lang=nl>{TI}<body>{H}<div class="submitted">datum 12 mei 2025 - 14:30</div><div>Nieuws van <a>FOD Mobiliteit</a></div>{T}{T}', '2025-05-12T14:30'),
    ('spa', 'ar', 'SA', 'Asia/Riyadh', '<html lang=ar dir=rtl>{TI}<body>{H}<p>الرياض 12 ذو القعدة 1446 هـ الموافق 10 مايو 2025 م واس</p>{T}{T}', '2025-05-10'),
    ('metien', 'en', 'JP', 'Asia/Tokyo', '<html lang=en>{TI}<body>{H}<p style="text-align:right">May 12, 2025</p><p>Category: <a>Transport</a></p>{T}{T}<p>Release date</p><p>May 12, 2025</p>', '2025-05-12'),
    ('mofatw', 'zh-Hant', 'TW', 'Asia/Taipei', '<html lang=zh-Hant>{TI}<body>{H}<ul class="info"><li>發布時間:114-05-12</li><li>資料來源:公眾外交協調會</li></ul>{T}{T}<p>最後更新日期:114-05-13</p>', '2025-05-12'),
    ('eytw', 'zh-Hant', 'TW', 'Asia/Taipei', '<html lang=zh-Hant>{TI}<body>{H}<div>日期:114年5月12日 發布單位:交通部</div>{T}{T}', '2025-05-12'),
    ('ph', 'en', 'PH', 'Asia/Manila', '<html lang=en>{TI}<body>{H}<p>Press Release<br>May 12, 2025</p>{T}{T}', '2025-05-12'),
    ('portugal', 'pt', 'PT', 'Europe/Lisbon', '<html lang=pt>{TI}<body><div class="item"><span class="time">2025-05-12 às 14h30</span>{H}</div>{T}{T}', '2025-05-12T14:30'),
    ('cl', 'es', 'CL', 'America/Santiago', '<html lang=es>{TI}<body><div>Lunes 12 de mayo de 2025</div>{H}{T}{T}', '2025-05-12'),
    ('ar', 'es', 'AR', 'America/Argentina/Buenos_Aires', '<html lang=es>{TI}<body>{H}<div class="news-meta"><time datetime="2025-05-12 10:11:12">lunes 12 de mayo de 2025</time></div>{T}{T}', '2025-05-12T10:11'),
    ('qc', 'fr', 'CA', 'America/Toronto', '<html lang=fr>{TI}<body><p>Publié le 12 mai 2025 à 10 h 15</p>{H}<p>Québec, le 12 mai 2025. – {REST}{T}', '2025-05-12T10:15'),
    ('unpress', 'en', 'INT', 'America/New_York', '<html lang=en>{TI}<body>{H}<div>SG/SM/22645</div><div>12 May 2025</div>{T}{T}<p>For information media. Not an official record.</p>', '2025-05-12'),
    ('nato', 'en', 'INT', 'Europe/Brussels', '<html lang=en>{TI}<body>{H}<ul><li>12 May. 2025 - </li><li>|Last updated: 13 May. 2025 14:30</li></ul>{T}{T}', '2025-05-12'),
    ('wh', 'en', 'US', 'America/New_York', '<html lang=en>{TI}<body>{H}<div>The White House</div><div><time datetime="2025-05-12T17:05:00-04:00">May 12, 2025</time></div>{T}{T}', '2025-05-12T17:05'),
    ('treasury', 'en', 'US', 'America/New_York', '<html lang=en>{TI}<body><div><time>May 12, 2025</time></div>{H}<p>WASHINGTON—Today, the department released its report on road safety and the number of accidents fell.</p>{T}', '2025-05-12'),
    ('defense', 'en', 'US', 'America/New_York', '<html lang=en>{TI}<body><div>Release</div>{H}<div>May 12, 2025 |</div>{T}{T}', '2025-05-12'),
    ('kremlin', 'en', 'RU', 'Europe/Moscow', '<html lang=en>{TI}<body>{H}<div><time datetime="2025-05-12">May 12, 2025</time><time>14:30</time><div>The Kremlin, Moscow</div></div>{T}{T}', '2025-05-12T14:30'),
    ('mfagr', 'el', 'GR', 'Europe/Athens', '<html lang=el>{TI}<body>{H}<p>Δευτέρα, 12 Μαΐου 2025</p>{T}{T}', '2025-05-12'),
    ('srgov', 'sr', 'RS', 'Europe/Belgrade', '<html lang=sr>{TI}<body>{H}<p><em>Београд, 12. мај 2025. године</em></p>{T}{T}', '2025-05-12'),
    ('kzgov', 'kk', 'KZ', 'Asia/Almaty', '<html lang=kk>{TI}<body>{H}<div>12 мамыр 2025, 14:30</div>{T}{T}', '2025-05-12T14:30'),
    ('irgov', 'fa', 'IR', 'Asia/Tehran', '<html lang=fa dir=rtl>{TI}<body>{H}<div>دوشنبه ۲۲ اردیبهشت ۱۴۰۴ - ۱۰:۲۵</div>{T}{T}', '2025-05-12T10:25'),
    ('bd', 'bn', 'BD', 'Asia/Dhaka', '<html lang=bn>{TI}<body>{H}<div>প্রকাশের তারিখ: ১২ মে ২০২৫</div>{T}{T}', '2025-05-12'),
    ('np', 'ne', 'NP', 'Asia/Kathmandu', '<html lang=ne>{TI}<body>{H}<div>मिति: २०८२-०१-२९</div>{T}{T}', None),
    ('ge', 'ka', 'GE', 'Asia/Tbilisi', '<html lang=ka>{TI}<body>{H}<div>12 მაისი 2025</div>{T}{T}', '2025-05-12'),
    ('am', 'hy', 'AM', 'Asia/Yerevan', '<html lang=hy>{TI}<body>{H}<div>12 Մայիսի, 2025</div>{T}{T}', '2025-05-12'),
    ('az', 'az', 'AZ', 'Asia/Baku', '<html lang=az>{TI}<body>{H}<div>12 may 2025 [14:30]</div>{T}{T}', '2025-05-12T14:30'),
    ('gr2', 'el', 'GR', 'Europe/Athens', '<html lang=el>{TI}<body>{H}<p>Αθήνα, 12 Μαΐου 2025</p><p>ΔΕΛΤΙΟ ΤΥΠΟΥ</p>{T}{T}', '2025-05-12'),
    ('mfatr', 'tr', 'TR', 'Europe/Istanbul', '<html lang=tr><title>No: 99, 12 Mayıs 2025, Yol güvenliği Hk.</title><body><h1>No: 99, 12 Mayıs 2025, Yol güvenliği Hk.</h1>{T}{T}', '2025-05-12'),
    ('bmi', 'de', 'AT', 'Europe/Vienna', '<html lang=de>{TI}<body><div class="meta"><b>Artikel Nr: 12345</b><br>vom Montag, 12. Mai 2025, 10:04 Uhr</div>{H}{T}{T}', '2025-05-12T10:04'),
    ('izvestia', 'sq', 'AL', 'Europe/Tirane', '<html lang=sq>{TI}<body>{H}<p>Tiranë, më 12 maj 2025</p>{T}{T}', '2025-05-12'),
    ('ecb', 'en', 'EU', 'Europe/Berlin', '<html lang=en>{TI}<body><div class="category">Press release</div>{H}<p class="ecb-publicationDate">12 May 2025</p>{T}{T}', '2025-05-12'),
    ('council', 'en', 'EU', 'Europe/Brussels', '<html lang=en>{TI}<body><ul><li>Council of the EU</li><li>Press release</li><li>12 May 2025 14:30</li></ul>{H}<ul><li>Last updated: 12 May 2025</li></ul>{T}{T}', '2025-05-12T14:30'),
    ('il', 'he', 'IL', 'Asia/Jerusalem', '<html lang=he dir=rtl>{TI}<body>{H}<div>תאריך פרסום: 12.05.2025, 14:30</div><div>תאריך עדכון אחרון: 13.05.2025</div>{T}{T}', '2025-05-12T14:30'),
    ('ie-visit-invite', 'fi', 'FI', 'Europe/Helsinki', '<html lang=fi>{TI}<body>{H}<p>Kutsu 5.5.2025</p>{T}<p>Aika: maanantaina 12.5.2025 klo 10.00</p><p>Paikka: Säätytalo</p>{T}', '2025-05-05'),
    ('ng', 'en', 'NG', 'Africa/Lagos', '<html lang=en>{TI}<body>{H}<p>By admin | May 12, 2025 | 0 Comments</p>{T}{T}<div class=sidebar><h3>Calendar</h3><table><caption>May 2025</caption><tr><td>12</td></tr></table></div>', '2025-05-12'),
    ('ke-wp', 'en', 'KE', 'Africa/Nairobi', '<html lang=en>{TI}<body>{H}<ul class="post-meta"><li><a>12th May 2025</a></li><li>Posted by: <a>ICT</a></li></ul>{T}{T}', '2025-05-12'),
    ('gh', 'en', 'GH', 'Africa/Accra', '<html lang=en>{TI}<body><p>Published on: Monday, 12 May 2025 08:41</p>{H}{T}{T}', '2025-05-12T08:41'),
    ('joomla-es', 'es', 'PE', 'America/Lima', '<html lang=es>{TI}<body>{H}<dl class="article-info"><dt>Detalles</dt><dd>Publicado: 12 Mayo 2025</dd><dd>Última actualización: 13 Mayo 2025</dd><dd>Visto: 55</dd></dl>{T}{T}', '2025-05-12'),
    ('co', 'es', 'CO', 'America/Bogota', '<html lang=es>{TI}<body>{H}<p>Bogotá, D.C., 12 de mayo de 2025 (@MinTransporte). {REST}{T}', '2025-05-12'),
    ('br-mre', 'pt', 'BR', 'America/Sao_Paulo', '<html lang=pt>{TI}<body>{H}<div>Nota à Imprensa nº 214</div><div>Publicado em 12/05/2025 16h36 Atualizado em 13/05/2025 09h00</div>{T}{T}', '2025-05-12T16:36'),
    ('mt-doi', 'mt', 'MT', 'Europe/Malta', '<html lang=mt>{TI}<body>{H}<p>Referenza: PR250612, Data tal-Istqarrija: May 12, 2025</p>{T}{T}', '2025-05-12'),
    ('no-today', 'nb', 'NO', 'Europe/Oslo', '<html lang=no>{TI}<body>{H}<div class="article-info"><span>Pressemelding</span> <span>|</span> <span>Dato: 12.05.2025</span> <span>|</span> <span>Nr: 33/25</span></div>{T}{T}<div>Sist oppdatert: 13.05.2025</div>', '2025-05-12'),
    ('se-today', 'sv', 'SE', 'Europe/Stockholm', '<html lang=sv>{TI}<body>{H}<p>Pressmeddelande från <a>Infrastrukturdepartementet</a></p><p><span>Publicerad</span> <time datetime="2025-05-12">12 maj 2025</time></p>{T}{T}<p>Statssekreterare från 12 maj 2026.</p>', '2025-05-12'),
    ('fr-min', 'fr', 'FR', 'Europe/Paris', '<html lang=fr>{TI}<body>{H}<p>Publié le 12/05/2025 - Modifié le 14/05/2025</p>{T}{T}', '2025-05-12'),
    ('fr-two', 'fr', 'FR', 'Europe/Paris', '<html lang=fr>{TI}<body><p>Le 12/05/2025 à 14:30</p>{H}{T}{T}', '2025-05-12T14:30'),
    ('us-slash', 'en', 'US', 'America/Chicago', '<html lang=en>{TI}<body>{H}<p>Posted: 05/12/2025 2:05 PM</p>{T}{T}', '2025-05-12T14:05'),
    ('ca-gcnews', 'en', 'CA', 'America/Toronto', '<html lang=en>{TI}<meta name="dcterms.issued" content="2025-05-12"><body>{H}<p>From: <a>Transport Canada</a></p><p>News release</p><p>May 12, 2025 – Ottawa, Ontario – Transport Canada</p>{T}{T}<dl><dt>Date modified:</dt><dd><time>2025-05-13</time></dd></dl>', '2025-05-12'),
    ('today-header', 'en', 'IN', 'Asia/Kolkata', '<html lang=en>{TI}<body><div class="top">Monday, November 23, 2026 10:12:33 AM</div><div class="content">{H}<p>12-May-2025 18:20 IST</p>{T}{T}</div>', '2025-05-12T18:20'),
    ('today-header-none', 'en', 'IN', 'Asia/Kolkata', '<html lang=en>{TI}<body><div class="top">Monday, November 23, 2026 10:12:33 AM</div>{N}<div class="content">{H}{T}{T}</div>', None),
    ('ru-min', 'ru', 'RU', 'Europe/Moscow', '<html lang=ru>{TI}<body>{H}<div>12 мая 2025 года, 14:30</div>{T}{T}', '2025-05-12T14:30'),
    ('by', 'be', 'BY', 'Europe/Minsk', '<html lang=be>{TI}<body>{H}<div>12 мая 2025</div>{T}{T}', '2025-05-12'),
    ('md', 'ro', 'MD', 'Europe/Chisinau', '<html lang=ro>{TI}<body>{H}<div>12/05/2025 - 14:30</div>{T}{T}', '2025-05-12T14:30'),
    ('sm', 'it', 'IT', 'Europe/Rome', '<html lang=it>{TI}<body>{H}<p>Roma, 12 maggio 2025</p>{T}{T}', '2025-05-12'),
    ('it2', 'it', 'IT', 'Europe/Rome', '<html lang=it>{TI}<body>{H}<div><small>Data:</small><p>12 Maggio 2025</p></div><div><small>Tempo di lettura:</small><p>2 min</p></div>{T}{T}<p>Ultimo aggiornamento: 13 Maggio 2025, 10:11</p>', '2025-05-12'),
]
# fmt: on


@pytest.mark.parametrize(("kind", "language", "country", "zone", "page", "want"), SITES)
def test_the_date_of(kind, language, country, zone, page, want):
    for name, part in PARTS.items():
        page = page.replace(name, part)
    vocabulary = words((language,))
    parsed = parse_page(page.encode(), "https://www.site.example/news/x")
    metadata = collect_metadata(parsed)
    headline = find_headline(parsed, metadata, vocabulary)
    found = find_dates(parsed, find_place(parsed, headline.block, vocabulary), vocabulary, metadata)
    newsroom = Newsroom(
        slug="x",
        name={},
        site="https://www.site.example",
        country=country,
        timezone=zone,
        languages=(language,),
    )
    moment, _ = choose(found.published, newsroom)
    if want is None:
        assert moment is None
    else:
        assert moment.isoformat().startswith(want)
        assert "T" not in moment.isoformat() or "T" in want
