// Opens the report in Chromium without a window and asks it what a reader would see.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "rhoam/compare/report.h"
#include "rhoam/compare/setting_style.h"
#include "rhoam/core/file.h"
#include "rhoam/render/chart/css_colors.h"
#include "rhoam/tests/apps/process.h"
#include "rhoam/tests/compare/sample_results.h"

namespace rhoam::compare {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Appended to the page: what it shows, before and after the pointer came, in the place of its text.
constexpr const char* kReader = R"(<script>
addEventListener('load', () => {
  const all = selector => [...document.querySelectorAll(selector)];
  const read = new Map();  // a second reading of a canvas would be a warning
  const pixels = canvas => {
    if (!read.has(canvas)) read.set(canvas, canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data);
    return read.get(canvas);
  };
  const colours = plot => Math.max(...[...plot.querySelectorAll('canvas')].map(
      canvas => new Set(new Uint32Array(pixels(canvas).buffer)).size));
  const curves = all('figure.live')[1], canvas = curves.querySelectorAll('canvas')[1], box = canvas.getBoundingClientRect();
  const point = () => canvas.dispatchEvent(new MouseEvent(
      'mousemove', {clientX: box.x + box.width / 2, clientY: box.y + box.height / 2, bubbles: true}));
  // The shown series of a figure: the colour of their keys, and whether it is among the pixels of the plots.
  const shownSeries = figure => [...figure.querySelectorAll('.legend button[aria-pressed="true"]')].map(button => {
    const colour = getComputedStyle(button.querySelector('.key')).backgroundColor, wanted = colour.match(/[0-9]+/g);
    const painted = [...figure.querySelectorAll('canvas')].some(each => {
      const bytes = pixels(each);
      const away = i => Math.abs(bytes[i] - wanted[0]) + Math.abs(bytes[i + 1] - wanted[1]) + Math.abs(bytes[i + 2] - wanted[2]);
      for (let i = 0; i < bytes.length; i += 4) if (bytes[i + 3] > 250 && away(i) < 6) return true;
      return false;
    });
    return {name: button.textContent, colour, painted};
  });
  const series = shownSeries(curves);
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
    wide: document.documentElement.scrollWidth > innerWidth, series,
    page: getComputedStyle(document.documentElement).backgroundColor,
    plot: getComputedStyle(document.querySelector('.plot')).backgroundColor,
    picture: getComputedStyle(document.querySelector('figure:not(.live) > svg [style*="--chart-paper"], figure:not(.live) > svg [fill*="--chart-paper"]')).fill,
  };
  document.documentElement.textContent = JSON.stringify(seen).replace(/[<>&]/g, c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));
});
</script>)";

enum class Scheme { light, dark };

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

  static Opened open(const Results& results, const std::string& window = "1200,900",
                     Scheme scheme = Scheme::light) {
    const tests::TemporaryDirectory place;
    write_report(place.path(), results, analyse(results));
    core::write_file_atomically(place / "read.html", tests::read_text(place / "report.html") + kReader);
    const auto done = tests::run(
        "timeout", {"120", "chromium", "--headless", "--no-sandbox", "--disable-gpu",
                    scheme == Scheme::dark ? "--blink-settings=preferredColorScheme=0"
                                           : "--blink-settings=preferredColorScheme=1",
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
  const auto [seen, console] = open(results_with("</script><b id=\"foreign\">\"'&amp;"));
  EXPECT_EQ(seen["foreign"], 0);
  EXPECT_THAT(seen["reading"], HasSubstr("<b id=\"foreign\">"));
  EXPECT_THAT(console, Not(HasSubstr("CONSOLE")));
}

TEST_F(Browser, ANarrowWindowNeedsNoSidewaysScrolling) {
  const auto [seen, console] = open(sample_evidence(4), "500,900");
  EXPECT_EQ(seen["wide"], false);
  EXPECT_EQ(seen["narrow_plots"], 0);
}

/// "rgb(27, 27, 27)" as CSS says it.
std::string css_rgb(const std::string& hex) {
  const auto part = [&](std::size_t at) { return std::stoi(hex.substr(at, 2), nullptr, 16); };
  return fmt::format("rgb({}, {}, {})", part(1), part(3), part(5));
}

/// The value of a variable in "--a: #123456; --b: …".
std::string value_of(const std::string& variable, const std::string& css) {
  const auto at = css.find(variable + ": ");
  return at == css.npos ? "" : css.substr(at + variable.size() + 2, 7);
}

TEST_F(Browser, EverySettingKeepsItsColourInBothSchemes) {
  const Results results = sample_evidence(4);
  const auto colors = setting_styles(results).colors;
  for (const auto scheme : {Scheme::light, Scheme::dark}) {
    const auto [seen, console] = open(results, "1200,900", scheme);
    const auto css = render::css_colors(scheme == Scheme::dark);
    const auto paper = css_rgb(value_of("--chart-paper", css));
    EXPECT_EQ(seen["page"], paper);
    EXPECT_EQ(seen["plot"], paper);
    EXPECT_EQ(seen["picture"], paper);
    EXPECT_EQ(seen["series"].size(), 6u);
    for (const auto& series : seen["series"]) {
      const auto& settings = results.scenarios[0].settings;
      const auto setting =
          std::ranges::find(settings, series["name"].get<std::string>(), &SettingResults::name);
      const int color = colors[static_cast<std::size_t>(setting - settings.begin())];
      EXPECT_EQ(series["colour"], css_rgb(value_of(render::css_series(color), css))) << series["name"];
      EXPECT_TRUE(series["painted"]) << series["name"];
    }
  }
}

}  // namespace
}  // namespace rhoam::compare
