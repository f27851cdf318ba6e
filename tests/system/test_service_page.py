"""The service's web page, in a real browser, before the real service with the networks that ship.

    /usr/bin/python3 -m unittest discover -s tests/system -p 'test_service_page.py'

Needs Chromium, and the library as `environment/scorebook kernel` builds it.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "environment"), str(Path(__file__).resolve().parent)]
import browser  # noqa: E402
from test_pages import contrast  # noqa: E402

JAVA = os.environ.get("SCOREBOOK_JAVA") or shutil.which("java")
PAGE = ROOT / "lib/resources/org/scorebook/service/page"
NO_WIDER = "document.documentElement.scrollWidth"
PIXELS = """(async img => { await img.decode(); const c = new OffscreenCanvas(img.naturalWidth, img.naturalHeight);
  c.getContext('2d').drawImage(img, 0, 0);
  return [...c.getContext('2d').getImageData(0, 0, c.width, c.height).data].join() })
  (document.querySelector('#picture img'))"""
# A training that is over in seconds, and says each of its steps.
TINY = {"model_type": "diffusion", "preset": "emoji-cpu", "device": "cpu", "batch_size": 2, "epochs": 1,
        "max_batches_per_epoch": 8, "warmup_steps": 1, "log_interval": 1, "sample_interval": 4, "sample_steps": 1,
        "sample_count": 4}


class Service:
    """`scorebook serve` with a folder of its own."""

    def __init__(self, **environment):
        self._environment = environment

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.folder = Path(self._folder.name)
        self.start("0")
        return self

    def start(self, port):
        self._log = self.folder / f"log-{port}"
        with open(self._log, "wb") as log:
            self._process = subprocess.Popen(
                [JAVA, "-cp", f"{ROOT}/target/lib/*", "org.scorebook.cli.Main", "serve", "--port", port],
                cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                env={**os.environ, "SCOREBOOK_RUNS": str(self.folder / "runs"), **self._environment})
        until = time.monotonic() + 120
        while not (found := re.search(r"Scorebook serves at (http://\S+)", self._log.read_text("utf-8"))):
            if self._process.poll() is not None or time.monotonic() > until:
                raise AssertionError("The service did not start: " + self._log.read_text("utf-8"))
            time.sleep(0.05)
        self.url = found[1]
        self.host = self.url.split("/")[2]

    def __exit__(self, *_):
        for job in self.ask("/jobs")["jobs"] if not self._environment else ():
            if job["state"] in ("queued", "running"):
                self.ask(job["url"], "DELETE")
        self.stop()
        self._folder.cleanup()

    def stop(self):
        self._process.terminate()
        try:
            self._process.wait(40)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def ask(self, path, method="GET", body=None):
        request = urllib.request.Request(self.url.rstrip("/") + path, method=method,
                                         data=None if body is None else json.dumps(body).encode(),
                                         headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)


@unittest.skipUnless(browser.CHROMIUM, "Chromium is not installed.")
class PageCase(unittest.TestCase):
    environment = {}
    expected_statuses = ()  # of answers, or "net" for none

    @classmethod
    def setUpClass(cls):
        cls.service = cls.enterClassContext(Service(**cls.environment))
        proxy = cls.enterClassContext(browser.Proxy())
        cls.browser = cls.enterClassContext(browser.Browser(proxy.address, cls.service.host))

    def setUp(self):
        self.allowed = set(self.expected_statuses)

    def tearDown(self):
        self.check_what_happened()

    def check_what_happened(self):
        """The page has asked nobody else, and nothing went wrong that a test does not expect."""
        self.evaluate("0")
        events = self.browser.events[:]
        self.browser.events.clear()
        for event in events:
            method, params = event.get("method"), event.get("params")
            if method == "Network.requestWillBeSent":
                url = params["request"]["url"]
                self.assertTrue(url.startswith((self.service.url, "data:", "blob:" + self.service.url, "about:")), url)
            elif method == "Log.entryAdded" and params["entry"]["level"] == "error":
                status = re.search(r"status of (\d+)|(net)::ERR", params["entry"]["text"])
                self.assertIn(status and (status[2] or int(status[1])), self.allowed, params)
            elif method in ("Runtime.exceptionThrown", "Runtime.consoleAPICalled"):
                self.fail(str(params))

    def open(self, fragment="", width=1280, dark=False):
        self.check_what_happened()
        self.browser.look(width, 900, dark=dark)
        self.browser.call("Page.navigate", url="about:blank")  # another fragment alone would not load the page anew
        self.browser.open(self.service.url + fragment)

    def evaluate(self, expression):
        return self.browser.evaluate(expression)

    def wait(self, expression, seconds=180):
        until = time.monotonic() + seconds
        while not (value := self.evaluate(expression)):
            self.assertLess(time.monotonic(), until, f"never true: {expression}; the page says: "
                            + self.evaluate("document.querySelector('main').innerText"))
            time.sleep(0.05)
        return value

    def set(self, **values):
        for name, value in values.items():
            self.evaluate(f"(e => {{ e.value = {json.dumps(value)}; e.dispatchEvent(new Event('input')); "
                          f"e.dispatchEvent(new Event('change')) }})(document.getElementById({name!r}))")

    def click(self, selector):
        self.evaluate(f"document.querySelector({selector!r}).click()")

    def text(self, selector):
        return self.evaluate(f"document.querySelector({selector!r}).innerText")

    def value(self, name):
        return self.evaluate(f"document.getElementById({name!r}).value")

    def focused(self):
        return self.evaluate("document.activeElement.id || document.activeElement.className")

    def press(self, key, code, text=""):
        for kind in ("keyDown", "keyUp"):
            self.browser.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code,
                              **({"text": text} if text and kind == "keyDown" else {}))

    def tab(self):
        self.press("Tab", 9)
        return self.focused()

    def draw(self, **settings):
        """Draws a small picture; returns its pixels."""
        self.wait("document.getElementById('model').value")
        self.set(**{"steps": 3, "num_samples": 4, **settings})
        self.click("#start")
        self.wait("document.getElementById('said').textContent.startsWith('Done')")
        self.wait("document.querySelector('#history [aria-current]')?.outerHTML")
        return self.evaluate(PIXELS)


class PicturePageTest(PageCase):
    def test_link_of_a_picture_opens_it_with_its_settings(self):
        self.open()
        pixels = self.draw(seed=7, guidance_scale=1.5)
        self.assertGreater(len(set(pixels.split(","))), 10)
        link = self.evaluate("location.hash")
        self.assertEqual(link, self.evaluate("document.querySelector('#history [aria-current]').hash"))
        self.assertNotEqual(pixels, self.draw(seed=8))
        self.open(link)
        self.wait("document.querySelector('#picture img').complete && !document.querySelector('#picture img').hidden")
        self.assertEqual(pixels, self.evaluate(PIXELS))
        self.assertEqual(["7", "3", "4", "1.5"],
                         [self.value(name) for name in ("seed", "steps", "num_samples", "guidance_scale")])
        self.click("#dice")
        self.assertNotEqual("7", self.value("seed"))
        self.click("#picture button")
        self.assertEqual("7", self.value("seed"))

    def test_pixels_are_shown_at_whole_multiples(self):
        for width in (1280, 390):
            self.open(width=width)
            self.draw(num_samples=16, steps=1)
            times = self.evaluate("(img => img.getBoundingClientRect().width / img.naturalWidth)"
                                  "(document.querySelector('#picture img'))")
            self.assertGreaterEqual(times, 0.5)  # in the file a pixel is a square of two by two
            self.assertEqual(2 * times, round(2 * times))

    def test_only_chosen_classes(self):
        self.open()
        self.wait("document.getElementById('model').value")
        self.set(which="some")
        self.click("#start")
        self.assertEqual("which", self.focused())
        self.assertIn("at least one", self.text("#which-wrong"))
        self.click("#classes input[value=Bag]")
        chosen = self.draw(seed=3)
        self.assertEqual(["Bag"], self.service.ask("/outputs")["outputs"][0]["classes"])
        self.open(self.evaluate("location.hash"))
        self.wait("document.querySelector('#classes input:checked')?.value == 'Bag'")
        self.set(which="all")
        self.assertNotEqual(chosen, self.draw(seed=3))

    def test_an_energy_is_drawn_from_too(self):
        self.open()
        self.wait("document.getElementById('model').value")
        self.set(model="ebm-fashion-mnist")
        self.assertEqual([False] * 3, [self.evaluate(f"document.getElementById({n!r}).checkVisibility()")
                                       for n in ("sampler", "guidance_scale", "which")])
        self.draw(seed=1)
        self.assertEqual("energy", self.service.ask("/outputs")["outputs"][0]["model_type"])

    def test_wrong_numbers_are_marked_at_their_fields(self):
        self.allowed = {422}
        self.open()
        self.wait("document.getElementById('model').value")
        for name, value in (("steps", 100000), ("num_samples", 1000)):
            self.set(**{name: value})
            self.click("#start")
            self.wait(f"document.getElementById({name!r}).getAttribute('aria-invalid') == 'true'")
            self.assertEqual(name, self.focused())
            said = self.text("#" + self.evaluate(f"document.getElementById({name!r}).getAttribute('aria-describedby')")
                             .split()[0])
            self.assertRegex(said, r"\d")
            self.set(**{name: 2})
        self.draw()
        self.assertEqual(0, self.evaluate("document.querySelectorAll('[aria-invalid], .wrong').length"))

    def test_bar_goes_on_and_never_back(self):
        self.open()
        self.evaluate("""window.seen = [];
            new MutationObserver(() => { const bar = document.querySelector('#progress progress');
              if (bar.checkVisibility()) seen.push(bar.value / bar.max) })
            .observe(document.getElementById('progress'), {attributes: true, subtree: true})""")
        self.draw(num_samples=20, steps=30)
        seen = self.evaluate("seen")
        self.assertEqual(sorted(seen), seen)
        self.assertGreater(len(set(seen)), 4)
        self.assertGreater(seen[-1], 0.8)

    def test_stop(self):
        self.open()
        self.wait("document.getElementById('model').value")
        self.set(num_samples=64, steps=1000)
        self.click("#start")
        self.wait("/Step [1-9]/.test(document.getElementById('progress').innerText)")
        self.assertEqual("stop", self.evaluate("(document.getElementById('stop').focus(), document.activeElement.id)"))
        self.click("#stop")
        self.wait("document.getElementById('said').textContent == 'Stopped.'")
        self.assertEqual("start", self.focused())
        begun = time.monotonic()
        self.draw()
        self.assertLess(time.monotonic() - begun, 30, "what was stopped is still being drawn")

    def test_by_keyboard_alone(self):
        self.open()
        self.wait("document.getElementById('model').value")
        order = [self.tab() for _ in range(17)]
        wanted = ["skip", "home", "model", "sampler", "steps", "num_samples", "guidance-slider", "guidance_scale",
                  "which", "seed", "dice", "start"]
        self.assertEqual(wanted, [name for name in order if name in wanted])
        self.open()
        self.wait("document.getElementById('model').value")
        while self.tab() != "steps":
            self.assertNotEqual("0px", self.evaluate("getComputedStyle(document.activeElement).outlineWidth"))
        self.browser.call("Input.insertText", text="2")
        while self.tab() != "start":
            pass
        self.press("Enter", 13, "\r")
        self.wait("document.getElementById('said').textContent.startsWith('Done')")
        self.assertEqual("2", self.evaluate("document.getElementById('steps').value"))

    def test_skip_link_leads_to_the_content(self):
        self.open()
        self.tab()
        self.press("Enter", 13, "\r")
        self.assertEqual("content", self.focused())
        self.assertEqual("", self.evaluate("location.hash"))

    def test_what_is_not_there_is_said(self):
        self.allowed = {404}
        for fragment in ("#picture=diffusion-0123456789abcdef", "#picture=%E0%A4%A", "#job=none", "#model=none"):
            self.open(fragment)
            self.wait("document.getElementById('trouble').checkVisibility()")


class TrainingPageTest(PageCase):
    def test_losses_and_samples_come_as_they_are_made(self):
        job = self.service.ask("/train", "POST", TINY)
        self.open("#job=" + job["id"])
        self.wait("document.querySelector('#job .state.succeeded') && 1")
        self.assertIn("training loss", self.evaluate("document.querySelector('#job svg').textContent"))
        self.assertRegex(self.evaluate("document.querySelector('#job svg').ariaLabel"), r"at step 8$")
        self.assertEqual("Samples at step 8", self.text("#job h3:nth-of-type(2)"))
        self.wait("document.querySelector('#job .frame img').naturalWidth")
        self.assertFalse(self.evaluate("document.querySelector('#job button').checkVisibility()"))
        self.click("#job .links a")
        self.wait("document.getElementById('model').value == " + json.dumps(job["id"]))
        self.narrow("#job=" + job["id"])

    def test_goes_on_when_the_service_is_back(self):
        self.allowed = {503, "net"}  # stopping, and gone
        job = self.service.ask("/train", "POST", TINY)
        self.open("#job=" + job["id"])
        self.wait("document.querySelector('#job .state')?.outerHTML")
        self.service.stop()
        self.wait("/does not answer/.test(document.querySelector('#job [role=status]').innerText)")
        status = self.service.folder / "runs" / job["id"] / "status.json"
        until = time.monotonic() + 180
        while '"succeeded"' not in status.read_text("utf-8"):
            self.assertLess(time.monotonic(), until, status.read_text("utf-8"))
            time.sleep(0.2)
        self.service.start(self.service.host.split(":")[1])
        self.wait("document.querySelector('#job .state.succeeded') && 1")
        self.assertRegex(self.evaluate("document.querySelector('#job svg').ariaLabel"), r"step 1, .* at step 8$")
        self.wait("document.querySelector('#jobs [aria-current] .state.succeeded') && 1")

    def test_start_and_cancel(self):
        self.open("#trainings")
        self.click("#new summary")
        self.wait("document.getElementById('preset').value == 'emoji-cpu'")
        self.set(epochs=0)
        self.click("#train .main")
        self.assertEqual("epochs", self.focused())
        self.set(epochs=50)
        self.click("#train .main")
        self.wait("document.querySelector('#jobs [aria-current] .state')?.innerText")
        self.wait("document.querySelector('#job .state.running') && 1")
        self.click("#job button")
        self.wait("document.getElementById('confirm').open")
        self.click("#confirm [value=no]")
        self.assertTrue(self.evaluate("document.querySelector('#job .state.running') && true"))
        self.click("#job button")
        self.wait("document.getElementById('confirm').open")
        self.click("#confirm [value=yes]")
        self.wait("document.querySelector('#job .state.cancelled') && 1")
        self.wait("document.querySelector('#jobs .state.cancelled') && 1")

    def narrow(self, *fragments):
        """Nothing is wider than a phone, whatever is open."""
        for fragment in ("", "#trainings", *fragments):
            for dark in (False, True):
                self.open(fragment, 390, dark)
                self.wait("document.getElementById('model').value || document.querySelector('#jobs a')?.hash")
                self.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
                if not fragment:
                    self.set(which="some")
                    self.click("#classes input")
                    self.draw()
                self.assertLessEqual(self.evaluate(NO_WIDER), 390, fragment)


class TokenPageTest(PageCase):
    environment = {"SCOREBOOK_TOKEN": "a token"}
    expected_statuses = (401,)

    def test_token_is_asked_for_and_sent(self):
        self.open()
        for token, refused in (("wrong", True), ("a token", False)):
            self.wait("document.getElementById('token').open")
            self.browser.call("Input.insertText", text=token)
            self.press("Enter", 13, "\r")
            if refused:
                self.wait("/refused/.test(document.getElementById('token-why').textContent)")
        self.draw()
        self.wait("document.querySelector('#history img').naturalWidth")
        self.assertRegex(self.evaluate("document.querySelector('#history img').src"), "^blob:")
        self.assertEqual("a token", self.evaluate("sessionStorage.getItem('scorebook-token')"))


class StyleTest(unittest.TestCase):
    """Of one family with the notebooks' pages, and readable."""

    def schemes(self, path):
        schemes = re.findall(r":root \{(.*?)\}", path.read_text(encoding="utf-8"), re.S)[:2]
        return [dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", scheme)) for scheme in schemes]

    def test_colours_are_those_of_the_notebooks(self):
        for ours, theirs in zip(self.schemes(PAGE / "style.css"), self.schemes(ROOT / "environment/page/style.css")):
            shared = ours.keys() & theirs.keys()
            self.assertGreater(len(shared), 12)
            self.assertEqual({name: theirs[name] for name in shared}, {name: ours[name] for name in shared})

    def test_contrast(self):
        for colour in self.schemes(PAGE / "style.css"):
            for least, text, backs in ((4.5, "text soft accent", "page code tint hover"), (4.5, "good", "done"),
                                       (4.5, "error", "page error-back"), (4.5, "on-accent", "accent"),
                                       (4.5, "page", "error"), (3, "edge", "page")):
                for pair in ((t, b) for t in text.split() for b in backs.split()):
                    self.assertGreaterEqual(contrast(*(colour[name] for name in pair)), least, pair)


if __name__ == "__main__":
    unittest.main()
