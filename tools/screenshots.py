"""Pictures of every view of the dashboard, light, dark and on a phone, for docs/how-to/dashboard.md.

python tools/screenshots.py docs/figures/dashboard          # needs chromium and chromedriver; some minutes the first time
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import muster

VIEWS = {
    "overview": ("/", 1180, "light", ""),
    "map": ("/map?quantity=control&month=2023-12&region=MM-01", 1180, "light", ""),
    "map-dark": ("/map?quantity=left_so_far&month=2023-12&region=MM-01", 1180, "dark", ""),
    "series": ("/series?figure=fig-registered&claim=MM161", 1180, "light", ""),
    "evidence": ("/evidence?words=soldiers", 1180, "light", ""),
    "conflicts": ("/evidence?tab=conflicts", 1180, "dark", ""),
    "scenarios": ("/scenarios?second=no-air-power&quantity=strikes", 1180, "light", "#ask-why"),
    "programme": ("/programme", 1180, "light", "#ask-frontier"),
    "model": ("/model", 1180, "light", ""),
    "validation": ("/validation", 1180, "light", ""),
    "runs": ("/runs", 1180, "light", ""),
    "phone": ("/series?figure=fig-registered", 360, "light", ""),
    "phone-dark": ("/map?quantity=control", 360, "dark", ""),
}
HIGHEST, WHOLE = 820, 2000
PATIENCE = 1800
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--hide-scrollbars",
)
BUSY = "return Boolean(document.querySelector('.waiting') || document.querySelector('[aria-busy=true]'))"


def open_browser():
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    for flag in FLAGS:
        options.add_argument(flag)
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome")
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))


def size(driver, wide, high):
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": wide, "height": high, "deviceScaleFactor": 1, "mobile": False}
    )


def settle(driver):
    end = time.monotonic() + PATIENCE
    time.sleep(0.5)
    while driver.execute_script(BUSY):
        if time.monotonic() > end:
            raise SystemExit("the page is still at work")
        time.sleep(0.5)
    time.sleep(0.7)


def take(driver, address, target, view):
    path, wide, theme, button = view
    size(driver, wide, 900)
    driver.get(address)
    driver.execute_script(f"localStorage.setItem('theme', '{theme}')")
    driver.get(address.rstrip("/") + path)
    settle(driver)
    if button:
        driver.execute_script(f"document.querySelector('{button}').click()")
        settle(driver)
    high = min(driver.execute_script("return document.documentElement.scrollHeight"), WHOLE if button else HIGHEST)
    size(driver, wide, high)
    time.sleep(0.5)
    shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
    target.write_bytes(base64.b64decode(shot["data"]))


def main():
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[2:] or list(VIEWS)
    environment = {**os.environ, "PYTHONPATH": str(Path(muster.__file__).parents[1])}
    command = [sys.executable, "-m", "muster", "serve", "myanmar", "--port", "0", "--no-browser", "-q"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    driver = open_browser()
    try:
        address = server.stdout.readline().strip()
        for name in wanted:
            take(driver, address, folder / f"{name}.png", VIEWS[name])
            print(name, flush=True)
    finally:
        driver.quit()
        server.kill()


if __name__ == "__main__":
    main()
