"""Date lines as ministries of many countries print them (``field-notes/variety.md`` §1, adapted), near a headline."""

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

TEXT = "<p>The ministry publishes its annual review of road safety, and the number of accidents on winter roads fell again this year.</p>"
SHAPES = (
    "<p>{}</p>",
    "<div>{}</div>",
    "<h4>{}</h4>",
    "<ul><li>{}</li></ul>",
    "<table><tr><td>{}</td></tr></table>",
)
# fmt: off
LINES = [
    ('fi', 'FI', 'Europe/Helsinki', 'Julkaisuajankohta 22.1.2021 20.20', '2021-01-22T20:20'),
    ('sv', 'FI', 'Europe/Helsinki', 'Publication date 10.11.2023 12.37 | Publicerad på svenska 11.11.2023 kl. 15.45', '2023-11-10T12:37'),
    ('fi', 'FI', 'Europe/Helsinki', '14.3.2019 13.07 | Julkaistu suomeksi 15.3.2019 klo 12.30', '2019-03-14T13:07'),
    ('sv', 'FI', 'Europe/Helsinki', 'Nyhet 08.10.2015 14.20 fi sv', '2015-10-08T14:20'),
    ('en', 'FI', 'Europe/Helsinki', 'News article 23.09.2011 12.00 fi sv en', '2011-09-23T12:00'),
    ('fi', 'FI', 'Europe/Helsinki', '15.10.2021 10.05 / MMM YM', '2021-10-15T10:05'),
    ('en', 'FI', 'Europe/Helsinki', 'Type:Press release Categories: Publication date:13.3.2025On 13 March the ministry', '2025-03-13'),
    ('fi', 'FI', 'Europe/Helsinki', '07.04.2014 14:09', '2014-04-07T14:09'),
    ('sv', 'FI', 'Europe/Helsinki', '08.04.19 16:01', '2019-04-08T16:01'),
    ('fi', 'FI', 'Europe/Helsinki', '26.3.2021 09:57:22 EET | Tiedote', '2021-03-26T09:57:22'),
    ('fi', 'FI', 'Europe/Helsinki', 'Tiedote 24.3.2020 19:43:07 EETTiedote', '2020-03-24T19:43:07'),
    ('sv', 'SE', 'Europe/Stockholm', 'Okt 27, 2010 13:48 CEST', '2010-10-27T13:48'),
    ('nb', 'NO', 'Europe/Oslo', 'Pressemelding | Dato: 01.04.2020', '2020-04-01'),
    ('en', 'NO', 'Europe/Oslo', '28/03/2023 Press release Ministry of Finance, Ministry of Health', '2023-03-28'),
    ('nb', 'NO', 'Europe/Oslo', 'Nr.: 12/2006 Dato: 07. februar 2006', '2006-02-07'),
    ('da', 'DK', 'Europe/Copenhagen', '20.10.2017  12:26', '2017-10-20T12:26'),
    ('da', 'DK', 'Europe/Copenhagen', 'i dag tirsdag den 27. maj 2003', '2003-05-27'),
    ('is', 'IS', 'Atlantic/Reykjavik', '27. nóvember 2006 Utanríkisráðuneytið', '2006-11-27'),
    ('fo', 'FO', 'Atlantic/Faroe', 'SKRIVAÐ: Løgmansskrivstovan | 17.10.2021 - 09:44 Politikkur Tíðindaskriv', '2021-10-17T09:44'),
    ('de', 'AT', 'Europe/Vienna', '- 26.09.2025, 07:00:35', '2025-09-26T07:00:35'),
    ('de', 'DE', 'Europe/Berlin', '28.09.2022 - Artikel', '2022-09-28'),
    ('de', 'CH', 'Europe/Zurich', 'Bern, Medienmitteilung, 13.05.2009', '2009-05-13'),
    ('de', 'CH', 'Europe/Zurich', '03.05.2021 — Medienmitteilung EDA', '2021-05-03'),
    ('fr', 'BE', 'Europe/Brussels', '18 déc 2021 -10:29', '2021-12-18T10:29'),
    ('fr', 'BE', 'Europe/Brussels', '24 fév 2017 15:51', '2017-02-24T15:51'),
    ('fr', 'FR', 'Europe/Paris', '29/08/2024', '2024-08-29'),
    ('fr', 'CA', 'America/Toronto', '17 sept, 2020, 16:16 ET', '2020-09-17T16:16'),
    ('en', 'IE', 'Europe/Dublin', '3/7/14Minister welcomes report', '2014-07-03'),
    ('en', 'US', 'America/New_York', '11.29.22', '2022-11-29'),
    ('en', 'US', 'America/New_York', 'June 14, 2022 Press Release', '2022-06-14'),
    ('it', 'IT', 'Europe/Rome', '23.54 - giovedì 15 giugno 2023', '2023-06-15T23:54'),
    ('cs', 'CZ', 'Europe/Prague', '16. 3. 2022 15:12', '2022-03-16T15:12'),
    ('sk', 'SK', 'Europe/Bratislava', 'Autor: Jana Nová - Dátum: 18.05.2006', '2006-05-18'),
    ('sr', 'RS', 'Europe/Belgrade', '23.01.2017.', '2017-01-23'),
    ('hr', 'HR', 'Europe/Zagreb', '6. ožujka 2009. godine', '2009-03-06'),
    ('ro', 'RO', 'Europe/Bucharest', 'Data publicării: 03.01.2023 / Cea mai recentă actualizare: 3 ianuarie 2024', '2023-01-03'),
    ('ro', 'RO', 'Europe/Bucharest', 'Data: 23-11-2021', '2021-11-23'),
    ('et', 'EE', 'Europe/Tallinn', '01.12.2017 | 11:19', '2017-12-01T11:19'),
    ('lv', 'LV', 'Europe/Riga', '08.02.2018|Aizsardzības ministrija', '2018-02-08'),
    ('uk', 'UA', 'Europe/Kyiv', '09:37, 03 жовтень 2014', '2014-10-03T09:37'),
    ('de', 'RU', 'Europe/Moscow', '22 Dezember 201716:39', '2017-12-22T16:39'),
    ('ru', 'RU', 'Europe/Moscow', '11 Января 2023', '2023-01-11'),
    ('el', 'GR', 'Europe/Athens', 'Τετάρτη, 11 Ιουνίου 2008', '2008-06-11'),
    ('el', 'CY', 'Asia/Nicosia', '31-03-2019 09:41', '2019-03-31T09:41'),
    ('ar', 'LB', 'Asia/Beirut', '28 آذار 2023', '2023-03-28'),
    ('ja', 'JP', 'Asia/Tokyo', '令和元年10月22日', '2019-10-22'),
    ('ja', 'JP', 'Asia/Tokyo', '(平成30年12月12日(水曜日)16時31分 於:本省会見室)', '2018-12-12T16:31'),
    ('en', 'JP', 'Asia/Tokyo', '[Tuesday, Feb 23, 2016]', '2016-02-23'),
    ('zh-Hant', 'TW', 'Asia/Taipei', '發布時間:2022-03-08', '2022-03-08'),
    ('zh-Hant', 'TW', 'Asia/Taipei', '111年3月8日(星期二)上午11時', '2022-03-08T11:00'),
    ('zh', 'TW', 'Asia/Taipei', '日期:2009/11/18 資料來源:公眾外交協調會', '2009-11-18'),
    ('ko', 'KR', 'Asia/Seoul', '작성일 2022-12-29', '2022-12-29'),
    ('th', 'TH', 'Asia/Bangkok', 'วันที่ ๗ พฤษภาคม ๒๕๖๔ เวลา ๑๐.๐๐ น.', '2021-05-07T10:00'),
    ('th', 'TH', 'Asia/Bangkok', 'วันที่นำเข้าข้อมูล 9 ธ.ค. 2564', '2021-12-09'),
    ('en', 'SG', 'Asia/Singapore', '31 MAY 2010', '2010-05-31'),
    ('id', 'ID', 'Asia/Jakarta', '(Selasa 6-6-2023)', '2023-06-06'),
    ('pt', 'BR', 'America/Sao_Paulo', 'Publicado em 26/12/2025 16h36 Atualizado em 27/12/2025 10h00', '2025-12-26T16:36'),
    ('en', 'TR', 'Europe/Istanbul', 'No: 47, 22 March 2024', '2024-03-22'),
    ('nl', 'NL', 'Europe/Amsterdam', 'Nieuwsbericht | 12-03-2022 | 14:30', '2022-03-12T14:30'),
    ('sv', 'SE', 'Europe/Stockholm', 'Publicerad 09 juli 2021', '2021-07-09'),
    ('sv', 'SE', 'Europe/Stockholm', 'Publicerad: 2021-07-09 kl. 10:15', '2021-07-09T10:15'),
    ('nb', 'NO', 'Europe/Oslo', 'Publisert 12.05.2021', '2021-05-12'),
    ('nb', 'NO', 'Europe/Oslo', 'Pressemelding | Nr: 34 | 12.05.2021', '2021-05-12'),
    ('nb', 'NO', 'Europe/Oslo', 'Pressemelding | Publisert: 12.05.2021 | Sist oppdatert 14.05.2021', '2021-05-12'),
    ('da', 'DK', 'Europe/Copenhagen', 'Pressemeddelelse 12-05-2021', '2021-05-12'),
    ('da', 'DK', 'Europe/Copenhagen', 'Publiceret d. 12. maj 2021', '2021-05-12'),
    ('en', 'GB', 'Europe/London', 'Published 12 May 2021 Last updated 14 May 2021', '2021-05-12'),
    ('fr', 'FR', 'Europe/Paris', 'Publié le 12/05/2021 | Mis à jour le 14/05/2021', '2021-05-12'),
    ('fr', 'FR', 'Europe/Paris', 'Publié le mercredi 12 mai 2021 à 10h30', '2021-05-12T10:30'),
    ('es', 'MX', 'America/Mexico_City', 'Ciudad de México, a 12 de mayo de 2021', '2021-05-12'),
    ('es', 'MX', 'America/Mexico_City', 'Fecha de publicación: 12 de mayo de 2021', '2021-05-12'),
    ('pl', 'PL', 'Europe/Warsaw', '12.05.2021', '2021-05-12'),
    ('hu', 'HU', 'Europe/Budapest', '2021. május 12. 10:30', '2021-05-12T10:30'),
    ('hu', 'HU', 'Europe/Budapest', '2021. 05. 12.', '2021-05-12'),
    ('lt', 'LT', 'Europe/Vilnius', '2021-05-12', '2021-05-12'),
    ('lt', 'LT', 'Europe/Vilnius', '2021 m. gegužės 12 d.', '2021-05-12'),
    ('sl', 'SI', 'Europe/Ljubljana', '12. 5. 2021', '2021-05-12'),
    ('bg', 'BG', 'Europe/Sofia', '12.05.2021 г.', '2021-05-12'),
    ('bg', 'BG', 'Europe/Sofia', '12 май 2021 | 10:30', '2021-05-12T10:30'),
    ('he', 'IL', 'Asia/Jerusalem', 'תאריך פרסום: 12.05.2021', '2021-05-12'),
    ('ar', 'SA', 'Asia/Riyadh', 'الأربعاء 12 مايو 2021', '2021-05-12'),
    ('fa', 'IR', 'Asia/Tehran', '۲۲ اردیبهشت ۱۴۰۰ - ۱۰:۳۰', '2021-05-12T10:30'),
    ('fa', 'IR', 'Asia/Tehran', '۱۴۰۰/۰۲/۲۲ ۱۰:۳۰', '2021-05-12T10:30'),
    ('hi', 'IN', 'Asia/Kolkata', 'प्रविष्टि तिथि: 12 MAY 2021 6:30PM by PIB Delhi', '2021-05-12T18:30'),
    ('en', 'IN', 'Asia/Kolkata', 'Posted On: 12 MAY 2021 6:30PM by PIB Delhi', '2021-05-12T18:30'),
    ('tr', 'TR', 'Europe/Istanbul', 'Yayınlanma Tarihi: 12 Mayıs 2021 Çarşamba', '2021-05-12'),
    ('ko', 'KR', 'Asia/Seoul', '등록일 : 2021.05.12', '2021-05-12'),
    ('ko', 'KR', 'Asia/Seoul', '2021. 5. 12.(수)', '2021-05-12'),
    ('ja', 'JP', 'Asia/Tokyo', '2021年5月12日', '2021-05-12'),
    ('zh', 'TW', 'Asia/Taipei', '中華民國110年5月12日', '2021-05-12'),
    ('vi', 'VN', 'Asia/Ho_Chi_Minh', 'Ngày đăng: 12/05/2021 | 10:30', '2021-05-12T10:30'),
    ('vi', 'VN', 'Asia/Ho_Chi_Minh', 'Thứ Tư, ngày 12 tháng 5 năm 2021', '2021-05-12'),
    ('en', 'US', 'America/New_York', 'FOR IMMEDIATE RELEASE Wednesday, May 12, 2021', '2021-05-12'),
    ('en', 'US', 'America/New_York', 'May 12, 2021 10:30 AM', '2021-05-12T10:30'),
    ('en', 'US', 'America/New_York', 'Press Release | 05/12/2021', '2021-05-12'),
    ('en', 'GB', 'Europe/London', 'Wednesday 12 May 2021 at 10:30', '2021-05-12T10:30'),
    ('mt', 'MT', 'Europe/Malta', '12 ta’ Mejju 2021', '2021-05-12'),
    ('ga', 'IE', 'Europe/Dublin', '12 Bealtaine 2021', '2021-05-12'),
    ('ga', 'IE', 'Europe/Dublin', '12ú Bealtaine, 2021', '2021-05-12'),
    ('sq', 'AL', 'Europe/Tirane', '12 Maj 2021', '2021-05-12'),
    ('mk', 'MK', 'Europe/Skopje', '12 мај 2021', '2021-05-12'),
    ('lb', 'LU', 'Europe/Luxembourg', 'Publizéiert de 12. Mee 2021', '2021-05-12'),
    ('se', 'NO', 'Europe/Oslo', '12. miessemánu 2021', '2021-05-12'),
    ('se', 'FI', 'Europe/Helsinki', 'Almmuhuvvon 12.5.2021 10.30', '2021-05-12T10:30'),
    ('kl', 'GL', 'America/Nuuk', 'Ulloq 12. maj 2021', '2021-05-12'),
    ('cy', 'GB', 'Europe/London', 'Cyhoeddwyd 12 Mai 2021', '2021-05-12'),
    ('eu', 'ES', 'Europe/Madrid', '2021-05-12', '2021-05-12'),
    ('ca', 'ES', 'Europe/Madrid', '12 de maig de 2021', '2021-05-12'),
    ('gl', 'ES', 'Europe/Madrid', '12 de maio de 2021', '2021-05-12'),
    ('af', 'ZA', 'Africa/Johannesburg', '12 Mei 2021', '2021-05-12'),
    ('sw', 'KE', 'Africa/Nairobi', '12 Mei 2021', '2021-05-12'),
    ('en', 'KE', 'Africa/Nairobi', 'Submitted by admin on Mon, 05/12/2025 - 14:30', '2025-05-12T14:30'),
    ('en', 'KE', 'Africa/Nairobi', 'Posted by Admin on 12 May 2025', '2025-05-12'),
    ('en', 'JM', 'America/Jamaica', 'Written by Super User. Posted in News. 12 May 2025', '2025-05-12'),
    ('ru', 'RU', 'Europe/Moscow', '12.05.2025, 14:30 | Просмотров: 55', '2025-05-12T14:30'),
    ('ru', 'RU', 'Europe/Moscow', 'Дата: 12.05.2025 Время: 14:30', '2025-05-12'),
    ('es', 'MX', 'America/Mexico_City', 'Fecha: 12/05/2025 Hora: 14:30', '2025-05-12'),
    ('en', 'IN', 'Asia/Kolkata', 'PRESS RELEASE No. 45/2025 of 12 May 2025', '2025-05-12'),
    ('en', 'UA', 'Europe/Kyiv', 'Kyiv, May 12, 2025', '2025-05-12'),
    ('en', 'GB', 'Europe/London', '12 MAY 2025, MONDAY', '2025-05-12'),
    ('ja', 'JP', 'Asia/Tokyo', '2025/5/12(月)', '2025-05-12'),
    ('ar', 'EG', 'Africa/Cairo', 'الاثنين 12/5/2025', '2025-05-12'),
    ('ar', 'EG', 'Africa/Cairo', '١٢/٥/٢٠٢٥', '2025-05-12'),
    ('ar', 'AE', 'Asia/Dubai', '12 مايو 2025 - 10:30 ص', '2025-05-12T10:30'),
    ('he', 'IL', 'Asia/Jerusalem', '12.5.25', '2025-05-12'),
    ('th', 'TH', 'Asia/Bangkok', '12 พ.ค. 68', '2025-05-12'),
    ('th', 'TH', 'Asia/Bangkok', 'เผยแพร่: 12 พฤษภาคม 2568 เวลา 14:30 น.', '2025-05-12T14:30'),
    ('zh', 'CN', 'Asia/Shanghai', '发布时间:2025-05-12 14:30 浏览次数:233 来源:办公厅', '2025-05-12T14:30'),
    ('zh', 'CN', 'Asia/Shanghai', '2025年05月12日 14:30', '2025-05-12T14:30'),
    ('zh', 'CN', 'Asia/Shanghai', '【字体:大 中 小】 2025-05-12', '2025-05-12'),
    ('ko', 'KR', 'Asia/Seoul', '배포일시 2025. 5. 12.(월) 14:30', '2025-05-12T14:30'),
    ('ko', 'KR', 'Asia/Seoul', '보도시점 2025. 5. 12.(월) 11:00 (월 11:00)', '2025-05-12T11:00'),
    ('ko', 'KR', 'Asia/Seoul', '등록일자 : 2025-05-12 14:30:11', '2025-05-12T14:30'),
    ('hi', 'IN', 'Asia/Kolkata', '12 मई 2025', '2025-05-12'),
    ('hi', 'IN', 'Asia/Kolkata', 'प्रकाशित तिथि: १२ मई २०२५', '2025-05-12'),
    ('vi', 'VN', 'Asia/Ho_Chi_Minh', 'Cập nhật: 13/05/2025 | Đăng ngày: 12/05/2025', '2025-05-12'),
    ('id', 'ID', 'Asia/Jakarta', 'Senin, 12 Mei 2025 | 14:30 WIB', '2025-05-12T14:30'),
    ('ms', 'MY', 'Asia/Kuala_Lumpur', '12 Mei 2025 (Isnin)', '2025-05-12'),
    ('tr', 'TR', 'Europe/Istanbul', '12 Mayıs 2025 - 14:30', '2025-05-12T14:30'),
    ('el', 'GR', 'Europe/Athens', '12/05/2025 14:30', '2025-05-12T14:30'),
    ('pl', 'PL', 'Europe/Warsaw', 'Data publikacji : 12.05.2025 14:30', '2025-05-12T14:30'),
    ('pl', 'PL', 'Europe/Warsaw', '12 maja 2025 r., godz. 14.30', '2025-05-12T14:30'),
    ('cs', 'CZ', 'Europe/Prague', 'Praha 12. května 2025 - ', '2025-05-12'),
    ('sk', 'SK', 'Europe/Bratislava', 'Bratislava 12. mája 2025', '2025-05-12'),
    ('hu', 'HU', 'Europe/Budapest', 'Budapest, 2025. május 12.', '2025-05-12'),
    ('ro', 'RO', 'Europe/Bucharest', 'București, 12 mai 2025', '2025-05-12'),
    ('bg', 'BG', 'Europe/Sofia', 'София, 12 май 2025 г.', '2025-05-12'),
    ('lt', 'LT', 'Europe/Vilnius', '2025 m. gegužės 12 d., pirmadienis', '2025-05-12'),
    ('lv', 'LV', 'Europe/Riga', '2025. gada 12. maijs', '2025-05-12'),
    ('et', 'EE', 'Europe/Tallinn', '12. mai 2025 - 14:30', '2025-05-12T14:30'),
    ('fi', 'FI', 'Europe/Helsinki', 'Julkaistu 12.5.2025 14.30 | Päivitetty 13.5.2025 9.00', '2025-05-12T14:30'),
    ('sv', 'SE', 'Europe/Stockholm', 'Uppdaterad 13 maj 2025 | Publicerad 12 maj 2025', '2025-05-12'),
    ('de', 'DE', 'Europe/Berlin', 'Nr. 45 | 12.05.2025 | Bundesministerium für Verkehr', '2025-05-12'),
    ('de', 'DE', 'Europe/Berlin', 'Pressemitteilung Nr. 45/2025 vom 12.05.2025', '2025-05-12'),
    ('de', 'AT', 'Europe/Vienna', '12.05.2025, 14:30 Uhr', '2025-05-12T14:30'),
    ('nl', 'BE', 'Europe/Brussels', 'Gepubliceerd op maandag 12 mei 2025 om 14.30 uur', '2025-05-12T14:30'),
    ('it', 'IT', 'Europe/Rome', 'Pubblicato il: 12-05-2025', '2025-05-12'),
    ('pt', 'BR', 'America/Sao_Paulo', 'Publicado em 12/05/2025 às 14h30', '2025-05-12T14:30'),
    ('es', 'AR', 'America/Argentina/Buenos_Aires', 'Publicado el lunes 12 de mayo de 2025 a las 14:30', '2025-05-12T14:30'),
    ('ca', 'ES', 'Europe/Madrid', '12.05.2025 - 14:30', '2025-05-12T14:30'),
    ('en', 'CA', 'America/Toronto', '2025-05-12 14:30 EDT', '2025-05-12T14:30'),
]
# fmt: on


def read(above, below, language, country, zone):
    vocabulary = words((language,))
    page = parse_page(
        f"<html lang='{language}'><title>Annual review of road safety</title><body>{above}<h1>Annual review of road safety</h1>{below}{TEXT}{TEXT}</body></html>".encode(),
        "https://m.example/x",
    )
    metadata = collect_metadata(page)
    headline = find_headline(page, metadata, vocabulary)
    found = find_dates(page, find_place(page, headline.block, vocabulary), vocabulary, metadata)
    newsroom = Newsroom(
        slug="x", name={}, site="https://m.example", country=country, timezone=zone, languages=(language,)
    )
    moment, reason = choose(found.published, newsroom)
    return moment.isoformat() if moment else reason


@pytest.mark.parametrize(("language", "country", "zone", "line", "want"), LINES)
def test_a_stamp_above_and_below_the_headline(language, country, zone, line, want):
    for shape in SHAPES:
        stamp = shape.format(line)
        assert read(stamp, "", language, country, zone).startswith(want), f"{shape} above"
        assert read("", stamp, language, country, zone).startswith(want), f"{shape} below"
