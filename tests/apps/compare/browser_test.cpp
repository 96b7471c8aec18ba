// Opens the report in Chromium without a window and asks it what a reader would see.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "apps/compare/report.h"
#include "core/file.h"
#include "tests/apps/compare/sample_evidence.h"
#include "tests/apps/process.h"

namespace rhoam::compare {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Appended to the page: what it shows, before and after the pointer came, in the place of its text.
constexpr const char* kReader = R"(<script>
addEventListener('load', () => {
  const all = selector => [...document.querySelectorAll(selector)];
  const pixels = canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  const colours = plot => Math.max(...[...plot.querySelectorAll('canvas')].map(
      canvas => new Set(new Uint32Array(pixels(canvas).buffer)).size));
  const curves = all('figure.live')[1], canvas = curves.querySelectorAll('canvas')[1], box = canvas.getBoundingClientRect();
  const point = () => canvas.dispatchEvent(new MouseEvent(
      'mousemove', {clientX: box.x + box.width / 2, clientY: box.y + box.height / 2, bubbles: true}));
  point();
  const reading = curves.querySelector('.readout').textContent;
  const button = [...curves.querySelectorAll('.legend button')].find(each => each.getAttribute('aria-pressed') == 'true');
  button.click();
  point();
  const seen = {
    plots: all('.plot').length, colours: Math.min(...all('.plot').map(colours)), reading, name: button.textContent,
    reading_without: curves.querySelector('.readout').textContent, foreign: all('#foreign').length,
    loaded: performance.getEntriesByType('resource').map(entry => entry.name),
    hidden_pictures: all('figure.live > svg').filter(svg => getComputedStyle(svg).display == 'none').length,
    landmarks: all('.landmark').length, name_hints: all('.hint').length,
    pointer_hints: all('.readout').filter(readout => readout.textContent.startsWith('Point at')).length,
    narrow_plots: all('.plot').filter(plot => plot.offsetWidth < 250).length,
    strays: all('.landmark').filter(name => {
      const own = name.getBoundingClientRect(), plot = name.closest('.plot').getBoundingClientRect();
      return own.left < plot.left || own.right > plot.right || own.top < plot.top || own.bottom > plot.bottom;
    }).length,
    wide: document.documentElement.scrollWidth > innerWidth,
  };
  document.documentElement.textContent = JSON.stringify(seen).replace(/[<>&]/g, c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));
});
</script>)";

struct Opened {
  nlohmann::json seen;
  std::string console;
};

class Browser : public testing::Test {
 protected:
  void SetUp() override {
    if (tests::run("chromium", {"--version"}).code != 0)
      GTEST_SKIP() << "no chromium: install Debian's chromium to run this test";
  }

  static Opened open(const Evidence& evidence, const std::string& window = "1200,900") {
    const tests::TemporaryDirectory place;
    write_report(place.path(), evidence, judge(evidence));
    core::write_file_atomically(place / "read.html", tests::read_text(place / "report.html") + kReader);
    const auto done = tests::run(
        "timeout", {"120", "chromium", "--headless", "--no-sandbox", "--disable-gpu",
                    "--enable-logging=stderr", "--user-data-dir=" + (place / "profile").string(),
                    "--window-size=" + window, "--dump-dom", "file://" + (place / "read.html").string()});
    const auto begin = done.out.find('{'), end = done.out.rfind('}');
    if (end == std::string::npos) throw std::runtime_error("the page says nothing: " + done.out + done.err);
    return {nlohmann::json::parse(done.out.substr(begin, end - begin + 1)), done.err};
  }
};

TEST_F(Browser, EveryPlotIsPaintedAndReplacesItsPicture) {
  const auto [seen, console] = open(sample_evidence(4));
  EXPECT_EQ(seen["plots"], 2 * 5);
  EXPECT_EQ(seen["hidden_pictures"], 2 * 3);
  EXPECT_GT(seen["colours"], 20);
}

TEST_F(Browser, NothingIsLoadedAndTheConsoleIsQuiet) {
  const auto [seen, console] = open(sample_evidence(4));
  EXPECT_TRUE(seen["loaded"].empty()) << seen["loaded"];
  EXPECT_THAT(console, Not(HasSubstr("CONSOLE")));
}

TEST_F(Browser, PointingAtACurveReadsItsValueAndInterval) {
  const auto [seen, console] = open(sample_evidence(4));
  EXPECT_THAT(seen["reading"],
              testing::ContainsRegex("environment steps: .*match: [0-9.]+ .[0-9.]+, [0-9.]+"));
}

TEST_F(Browser, ClickingANameHidesItsCurve) {
  const auto [seen, console] = open(sample_evidence(4));
  const std::string entry = seen["name"].get<std::string>() + ": ";
  EXPECT_THAT(seen["reading"], HasSubstr(entry));
  EXPECT_THAT(seen["reading_without"], Not(HasSubstr(entry)));
}

TEST_F(Browser, LandmarksAreNamedWithinTheirPlots) {
  const auto [seen, console] = open(sample_evidence(4));
  EXPECT_EQ(seen["landmarks"], 2 * 5);
  EXPECT_EQ(seen["strays"], 0);
}

TEST_F(Browser, ThePageExplainsItselfOnce) {
  const auto [seen, console] = open(sample_evidence(4));
  EXPECT_EQ(seen["pointer_hints"], 1);
  EXPECT_EQ(seen["name_hints"], 1);
}

TEST_F(Browser, HostileNamesStayText) {
  const auto [seen, console] = open(evidence_with("</script><b id=\"foreign\">\"'&amp;"));
  EXPECT_EQ(seen["foreign"], 0);
  EXPECT_THAT(seen["reading"], HasSubstr("<b id=\"foreign\">"));
  EXPECT_THAT(console, Not(HasSubstr("CONSOLE")));
}

TEST_F(Browser, ANarrowWindowNeedsNoSidewaysScrolling) {
  const auto [seen, console] = open(sample_evidence(4), "500,900");
  EXPECT_EQ(seen["wide"], false);
  EXPECT_EQ(seen["narrow_plots"], 0);
}

}  // namespace
}  // namespace rhoam::compare
