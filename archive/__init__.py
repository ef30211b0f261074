"""Keep and answer: owns archive.db and the evidence; never imports Scrapy."""
