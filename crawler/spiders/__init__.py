"""The crawling spider and the re-reading one."""
