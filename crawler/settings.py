"""Every Scrapy setting that differs from its default, with the reason above it (Scrapy 2.19, 2026-11)."""

from __future__ import annotations

BOT_NAME = "communique"

# One spider a newsroom in Scrapy's eyes, from the registry: `scrapy list`, `scrapy crawl fi_om`.
SPIDER_LOADER_CLASS = "crawler.spiders.loader.NewsroomSpiderLoader"
SPIDER_MODULES: list[str] = []

# --- a good guest -----------------------------------------------------------------------------------------

# Honest and reachable; the contact is the operator's and is added by crawler.identity.user_agent().
USER_AGENT = "Communique/0.1"
# Off by default in Scrapy; our own middleware also reads an unreachable robots.txt as "no" (RFC 9309 §2.3.1.4).
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Communique"
# One request at a time to a host. The pause between two of them is kept by crawler.fetching for the whole process,
# since Scrapy's slots belong to one newsroom and two newsrooms may share a host.
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 0
# Enough to keep the one host of a newsroom busy; more would only hold pages in memory.
CONCURRENT_REQUESTS = 4

# --- nobody gets in ---------------------------------------------------------------------------------------

# New in 2.19 and on: every crawl opens a local server that runs Python for whoever reads its job file.
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False
# An archive of official texts verifies whom it talks to; an exception is a newsroom's entry and is recorded.
DOWNLOAD_VERIFY_CERTIFICATES = True
# On, and a Set-Cookie with a domain makes tldextract fetch publicsuffix.org (seen 2026-11).
COOKIES_ENABLED = False
REFERER_ENABLED = False
# http and https only: `file:///etc/passwd` as a start address is read by default, and ftp, data and s3 are open.
DOWNLOAD_HANDLERS = {
    "http": "crawler.fetching.PoliteHandler",
    "https": "crawler.fetching.PoliteHandler",
    "file": None,
    "ftp": None,
    "data": None,
    "s3": None,
}

# --- bounds -----------------------------------------------------------------------------------------------

# Parsing costs about 40 times the page in memory (measured: 10 MB → 394 MB); the default is 1 GiB.
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
# The whole request, not the silence between two bytes; the default is 180 s.
DOWNLOAD_TIMEOUT = 60
# A cut-off body is handed to our own middlewares, which keep it as evidence, refuse it and ask again.
DOWNLOAD_FAIL_ON_DATALOSS = False
# The default follows 20; RFC 9309 wants at least five for robots.txt.
REDIRECT_MAX_TIMES = 8
# A page that sends its reader on by <meta refresh> is not a release; following it would hide that.
METAREFRESH_ENABLED = False
# Listing pages and nested sitemaps are bounded by max_pages of the source, and by this.
DEPTH_LIMIT = 0
# 100, the default, starts a hundred tasks for every response: 1.63 times slower (measured).
CONCURRENT_ITEMS = 4
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 2_000_000
RETRY_TIMES = 2
# 429 and 503 may name their own pause (crawler.middlewares.patience); these pass soon or not at all.
RETRY_HTTP_CODES = [408, 500, 502, 504, 520, 521, 522, 524]

# --- our own components -----------------------------------------------------------------------------------

# A response travels from the last to the first: decoded (the bytes as received stay beside it), kept as evidence,
# checked for being whole; only then may anything ask again, follow, or read.
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.middlewares.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "crawler.middlewares.patience.PatienceMiddleware": 550,
    "crawler.middlewares.conditional.ConditionalMiddleware": 560,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.middlewares.integrity.IntegrityMiddleware": 870,
    "crawler.middlewares.evidence.EvidenceMiddleware": 880,
    "crawler.middlewares.decoding.DecodingMiddleware": 890,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "crawler.middlewares.redirects.PlainRedirectMiddleware": 600,
    # Not used here, and each one costs every request: passwords, proxies from the environment, cookies, offsite.
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
}
# Named as strings: the crawler never imports what gives meaning.
ITEM_PIPELINES = {
    "pipelines.normalize.NormalizePipeline": 100,
    "pipelines.validate.ValidatePipeline": 200,
    "pipelines.store.StorePipeline": 300,
}
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.8,*/*;q=0.5",
}

# --- logs -------------------------------------------------------------------------------------------------

# Cron wants one line a newsroom; what Scrapy says below a warning is for `--log-level debug`.
LOG_LEVEL = "WARNING"
LOGSTATS_INTERVAL = 0
# The default writes each item whole, with its contacts, into the log.
LOG_FORMATTER = "crawler.log_lines.Lines"
STATS_DUMP = False
MEMUSAGE_ENABLED = False
