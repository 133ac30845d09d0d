"""The dashboard as a reader has it: a real browser on the Myanmar case. Skipped, with a word, where none is installed."""

import shutil
import threading
import time
from importlib.resources import files
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from tests.cli.reports import write_reports

import muster
from muster.dashboard import answers
from muster.dashboard.app import build_app
from muster.dashboard.guard import hosts_of
from muster.dashboard.pages import VIEWS
from muster.dashboard.serve import listen
from muster.dashboard.views import claims, scenarios

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
DRIVER = shutil.which("chromedriver")
MISSING = "no browser is installed: these tests need chromium and chromedriver (on Debian: apt install chromium-driver)"
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not (CHROMIUM and DRIVER), reason=MISSING)]

FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--window-size=1280,1000",
)  # fmt: skip
PATIENCE = 240  # the engine may have to compile itself first
BUSY = "return Boolean(document.querySelector('.waiting') || document.querySelector('[aria-busy=true]'))"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A server of the Myanmar case with four histories and a ledger that waits for review: ``address``, ``ledger``."""
    import uvicorn

    folder = tmp_path_factory.mktemp("site")
    muster.add_files(folder / "evidence.ledger", write_reports(folder))
    study = muster.open_study("myanmar", draws=4, ledger=folder / "evidence.ledger", cache=folder / "kept")
    listening = listen("127.0.0.1", 0)
    port = listening.getsockname()[1]
    usual = claims.MEANING_DRAWS, scenarios.MEMBERS
    claims.MEANING_DRAWS, scenarios.MEMBERS = 3, 3
    server = uvicorn.Server(uvicorn.Config(build_app(study, hosts=hosts_of(["127.0.0.1"], port)), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    answers.ask_overview(study)
    yield SimpleNamespace(address=f"http://127.0.0.1:{port}", ledger=folder / "evidence.ledger")
    server.should_exit = True
    thread.join(20)
    claims.MEANING_DRAWS, scenarios.MEMBERS = usual


@pytest.fixture(scope="module")
def driver():
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    for flag in FLAGS:
        options.add_argument(flag)
    options.binary_location = CHROMIUM
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    found = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield found
    found.quit()


@pytest.fixture
def page(site, driver):
    """The browser at this site. After the test: nothing went wrong in the page, and no request left this machine."""
    import json

    def open_page(path, *, wide=1280):
        driver.set_window_size(1280, 1000)
        driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", {"width": wide, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
        )
        driver.get(site.address + path)
        settle(driver)
        return driver

    yield open_page
    told = [entry for entry in driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]
    assert told == []
    events = (json.loads(entry["message"])["message"] for entry in driver.get_log("performance"))
    asked = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    assert asked
    strangers = [url for url in asked if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).hostname != "127.0.0.1"]
    assert strangers == []


def until(what, *, patience=PATIENCE):
    """Wait for a true answer and hand it out."""
    from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException

    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            if found := what():
                return found
        except (NoSuchElementException, StaleElementReferenceException):
            pass  # the page is just putting a part in its place
        time.sleep(0.05)
    raise AssertionError("it did not happen")


def settle(driver):
    until(lambda: not driver.execute_script(BUSY))


def one(driver, css):
    from selenium.webdriver.common.by import By

    return driver.find_element(By.CSS_SELECTOR, css)


def every(driver, css):
    from selenium.webdriver.common.by import By

    return driver.find_elements(By.CSS_SELECTOR, css)


def faults(driver):
    """What axe finds serious or critical, as rule and place."""
    driver.execute_script((files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = driver.execute_async_script("axe.run(document, {resultTypes: ['violations']}).then(arguments[0])")
    serious = [rule for rule in found["violations"] if rule["impact"] in ("serious", "critical")]
    return [(rule["id"], node["html"][:160], node["failureSummary"][:200]) for rule in serious for node in rule["nodes"][:3]]


@pytest.mark.parametrize("path", [path for path, _ in VIEWS.values()])
def test_a_view_is_fit_for_everybody(page, path):
    driver = page(path)
    assert faults(driver) == []
    one(driver, "#theme").click()
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 360, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    )
    settle(driver)
    assert driver.execute_script("return document.documentElement.scrollWidth") <= 360
    assert driver.execute_script("return document.documentElement.dataset.theme") == "dark"
    assert faults(driver) == []
    one(driver, "#theme").click()


@pytest.mark.parametrize("dark", [False, True])
def test_the_line_of_views_fades_where_it_goes_on(page, dark):
    driver = page("/", wide=360)
    if dark:
        one(driver, "#theme").click()
    line = one(driver, ".top nav ul")
    assert line.get_attribute("data-more") == "after"
    assert "2.5rem" in driver.execute_script("return getComputedStyle(arguments[0]).getPropertyValue('--after')", line)
    driver.execute_script("arguments[0].scrollLeft = 9999", line)
    until(lambda: line.get_attribute("data-more") == "before")
    if dark:
        one(driver, "#theme").click()
    driver = page("/runs", wide=360)
    box = driver.execute_script(
        "const b = document.querySelector('nav [aria-current]').getBoundingClientRect(); return [b.left, b.right]"
    )
    assert 0 <= box[0] < box[1] <= 360
    assert one(page("/", wide=1280), ".top nav ul").get_attribute("data-more") == ""


@pytest.mark.parametrize("path", ["/scenarios", "/map", "/series", "/evidence"])
def test_a_drop_down_is_as_wide_as_a_narrow_page_and_cuts_nothing(page, path):
    driver = page(path, wide=360)
    script = """return [...document.querySelectorAll('.bar select')].map((one) => {
      const [free, whole] = [one.cloneNode(), one.parentNode.dataset.whole || ''];
      free.append(one.selectedOptions[0].cloneNode(true));
      free.style.cssText = 'position: absolute; width: auto; max-width: none';
      document.body.append(free);
      const wanted = free.offsetWidth;
      free.remove();
      return [one.selectedOptions[0].text, whole, one.offsetWidth, wanted];
    })"""
    for text, whole, width, wanted in driver.execute_script(script):
        assert width > 300, text
        assert whole == text or (wanted <= width and not whole), text


def test_a_click_on_a_mark_opens_the_claim_with_its_passage(page):
    from selenium.webdriver.common.keys import Keys

    driver = page("/series?figure=fig-registered")
    drawn = every(driver, "#fig-registered svg .mark-symbol path")
    assert drawn
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", drawn[0])
    from selenium.webdriver import ActionChains

    ActionChains(driver).move_to_element(drawn[0]).click().perform()
    until(lambda: every(driver, "#card blockquote mark"))
    settle(driver)
    card = one(driver, "#card")
    for words in ("Passage", "Grade", "Against it", "In the histories", "What it implies", "By the model, truly"):
        assert words in card.text
    assert "claim=" in driver.current_url
    assert faults(driver) == []
    one(driver, "body").send_keys(Keys.ESCAPE)
    assert not card.is_displayed()
    assert "claim=" not in driver.current_url


def test_the_address_of_a_claim_opens_it(page):
    driver = page("/?claim=MM161")
    until(lambda: "13,000" in one(driver, "#card").text)


def test_the_map_follows_the_slider_and_plays(page):
    from selenium.webdriver.common.keys import Keys

    driver = page("/map")

    def colours():
        return driver.execute_script(
            "return [...document.querySelectorAll('#map .mark-shape path')].map((one) => one.getAttribute('fill'))"
        )

    until(lambda: driver.execute_script("return document.body.dataset.month"))
    before, last = colours(), driver.execute_script("return document.body.dataset.month")
    assert len(before) >= 15
    one(driver, "#month").send_keys(Keys.HOME)
    until(lambda: driver.execute_script("return document.body.dataset.month") < last)
    assert until(lambda: colours() != before)
    assert "month=2021-02" in driver.current_url
    one(driver, "#play").click()
    until(lambda: driver.execute_script("return document.body.dataset.month") > "2021-03")
    one(driver, "#play").click()
    every(driver, "#regions th button")[3].click()
    until(lambda: "region=" in driver.current_url)
    assert one(driver, "#region-title").text == every(driver, "#regions th button")[3].text


def test_what_is_reviewed_stands_in_the_ledger(page, site):
    driver = page("/evidence?tab=review")
    entry = one(driver, "#decision").get_attribute("data-entry")
    one(driver, "[name=reviewer]").send_keys("kt")
    one(driver, "h1").click()
    one(driver, "body").send_keys("a")
    until(lambda: one(driver, "#decision").get_attribute("data-entry") != entry)
    with muster.open_ledger(site.ledger) as book:
        assert book.entry(entry).status == "accepted"
    driver = page("/evidence?status=accepted")
    assert [link.get_attribute("data-claim") for link in every(driver, "#table th a")] == [entry]
    every(driver, "#table th a")[0].click()
    until(lambda: "accepted by kt" in one(driver, "#card").text)


def test_filters_are_kept_in_the_address(page):
    driver = page("/evidence")
    whole = one(driver, "#count").text
    one(driver, "[name=words]").send_keys("soldiers")
    until(lambda: every(driver, "#count") and one(driver, "#count").text != whole)
    assert "words=soldiers" in driver.current_url


def test_a_lever_is_dragged_and_a_new_figure_comes(page):
    from selenium.webdriver.common.keys import Keys

    driver = page("/scenarios?second=more-safehouses&quantity=strikes")
    assert "pairs of histories" in one(driver, "#compared").text
    lever = one(driver, "[data-lever=strikes]")
    lever.send_keys(Keys.ARROW_RIGHT)
    until(lambda: every(driver, "#live svg .mark-line path"))
    first = one(driver, "#live").get_attribute("data-drawn")
    drawn = one(driver, "#live svg .mark-line path").get_attribute("d")
    lever.send_keys(Keys.END)
    until(lambda: one(driver, "#live").get_attribute("data-drawn") != first)
    assert one(driver, "#live svg .mark-line path").get_attribute("d") != drawn
    assert "strikes ×4 from" in one(driver, "#live-note").text
    assert one(driver, "output[for=lever-6]").text == "×4"
    one(driver, "#scenarios [type=submit]").click()
    assert "strikes=4" in driver.current_url


def test_the_queue_shows_what_was_worked_out(page):
    driver = page("/runs")
    until(lambda: every(driver, "#done summary"))
    one(driver, "#done summary").click()
    until(lambda: "The answer in words" in one(driver, "#runs").text)


SLOW_THEN_QUICK = """
const usual = window.fetch;
window.fetch = async (address) => {
  await pause(address.endsWith("slow") ? 300 : 0);
  return new Response(address.split("?")[1]);
};
const place = document.createElement("div");
Promise.all([fill(place, "any?slow"), fill(place, "any?quick")]).then(() => {
  window.fetch = usual;
  arguments[0](place.textContent);
});
"""


def test_an_earlier_answer_that_comes_later_is_dropped(page):
    assert page("/runs").execute_async_script(SLOW_THEN_QUICK) == "quick"
