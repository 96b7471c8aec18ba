#include "rhoam/compare/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <stdexcept>

#include "rhoam/core/errors.h"
#include "rhoam/core/file.h"
#include "rhoam/render/chart/css_colors.h"
#include "rhoam/tests/apps/process.h"
#include "rhoam/tests/compare/sample_results.h"
#include "rhoam/tests/render/svg.h"

namespace rhoam::compare {
namespace {

using testing::HasSubstr;
using testing::Not;
using tests::read_text;
using tests::TemporaryDirectory;

const std::string kHostile = "</script><b onclick='x'>\"|`\n# [a](b)";

void write_sample(const std::filesystem::path& directory, const Results& results) {
  write_report(directory, results, analyse(results));
}

std::string page_of(const Results& results) {
  const TemporaryDirectory place;
  write_sample(place.path(), results);
  return read_text(place / "report.html");
}

std::set<std::string> files_in(const std::filesystem::path& directory) {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(directory))
    names.insert(entry.path().filename());
  return names;
}

std::set<std::string> pictures_in(const std::filesystem::path& directory) {
  auto names = files_in(directory);
  std::erase_if(names, [](const std::string& name) { return !name.ends_with(".svg"); });
  return names;
}

/// All matches of the first group.
std::vector<std::string> matches(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern);
  std::vector<std::string> found;
  for (std::sregex_iterator match(text.begin(), text.end(), regex), end; match != end; ++match)
    found.push_back((*match)[1]);
  return found;
}

TEST(Report, TheSameEvidenceGivesTheSameBytes) {
  const TemporaryDirectory a, b;
  write_sample(a.path(), sample_evidence(4));
  write_sample(b.path(), sample_evidence(4));
  ASSERT_EQ(files_in(a.path()), files_in(b.path()));
  for (const auto& name : files_in(a.path())) EXPECT_EQ(read_text(a / name), read_text(b / name)) << name;
}

TEST(Report, HasEveryFile) {
  const TemporaryDirectory place;
  write_sample(place.path(), sample_evidence(3));
  EXPECT_THAT(files_in(place.path()),
              testing::UnorderedElementsAre(
                  "report.html", "report.md", "score.svg", "differences.svg", "profiles.svg",
                  "curves-flip-every-200-updates.svg", "curves-flip-every-800-updates.svg",
                  "recovery-flip-every-200-updates.svg", "recovery-flip-every-800-updates.svg"));
}

TEST(Report, AScenarioAloneNeedsNoName) {
  Results results = sample_evidence(3);
  results.scenarios.resize(1);
  results.scenarios[0].name = "";
  const TemporaryDirectory place;
  write_sample(place.path(), results);
  EXPECT_TRUE(files_in(place.path()).contains("curves.svg"));
  EXPECT_THAT(read_text(place / "report.md"), Not(HasSubstr("## \n")));
}

TEST(Report, PicturesAreWellFormed) {
  const TemporaryDirectory place;
  write_sample(place.path(), sample_evidence(3));
  for (const auto& name : pictures_in(place.path()))
    EXPECT_TRUE(render::is_well_formed(read_text(place / name))) << name;
}

TEST(Report, MarkdownEmbedsEveryPicture) {
  const TemporaryDirectory place;
  write_sample(place.path(), sample_evidence(3));
  const std::string text = read_text(place / "report.md");
  for (const auto& name : pictures_in(place.path())) EXPECT_THAT(text, HasSubstr("](" + name + ")"));
}

TEST(Report, SaysWhatWasAskedFoundAndDone) {
  const Results results = sample_evidence(4);
  const std::string page = page_of(results);
  for (const auto& text :
       {results.question.substr(0, 30), results.command, results.versions[0], analyse(results).headline,
        std::string("4 seeds"), std::string("chosen on 5 seeds that the comparison does not use"),
        std::string("Permission is hereby granted, free of charge")})
    EXPECT_THAT(page, HasSubstr(text));
}

TEST(Report, IsReadableWithoutJavaScript) {
  const std::string page = page_of(sample_evidence(3));
  EXPECT_EQ(matches(page, "(<figure>)").size(), 8u);
  EXPECT_EQ(matches(page, "(<svg)").size(), 8u);
}

TEST(Report, PicturesHaveTheColoursOfTheReadersScheme) {
  const std::string page = page_of(sample_evidence(3));
  EXPECT_THAT(page, HasSubstr(":root { " + render::css_colors(false) + "}"));
  EXPECT_THAT(page, HasSubstr("(prefers-color-scheme: dark) { :root { " + render::css_colors(true) + "} }"));
  EXPECT_THAT(page, HasSubstr("var(--series-0)"));
  EXPECT_THAT(page, Not(testing::ContainsRegex("(fill|stroke)[:=\"]+rgb.")));
  EXPECT_THAT(page, Not(HasSubstr("invert(")));
}

TEST(Report, PicturesOfOnePageShareNoNames) {
  const auto ids = matches(page_of(sample_evidence(3)), " id=\"(f[^\"]*)\"");
  EXPECT_GT(ids.size(), 100u);
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size());
}

TEST(Report, HostileTextStaysText) {
  const Results results = results_with(kHostile);
  const std::string page = page_of(results);
  EXPECT_THAT(page, Not(HasSubstr("<b onclick")));
  EXPECT_EQ(matches(page, "(</script>)").size(), matches(page, "(<script)").size());
}

TEST(Report, HostileTextLeavesMarkdownTablesWhole) {
  const TemporaryDirectory place;
  write_sample(place.path(), results_with(kHostile));
  const std::string text = read_text(place / "report.md");
  EXPECT_THAT(text.substr(0, text.find("```")), Not(HasSubstr("<b")));
}

TEST(Report, NumbersThatAreMissingAreLeftOut) {
  Results results = sample_evidence(3);
  for (auto& scenario : results.scenarios)
    for (auto& setting : scenario.settings)
      setting.score = setting.score_around = setting.memory_around = setting.root_v_around = {};
  EXPECT_THAT(page_of(results), Not(HasSubstr("Around a change:")));
}

TEST(Report, RefusesAVerdictOfOtherEvidence) {
  const TemporaryDirectory place;
  EXPECT_THROW(write_report(place.path(), sample_evidence(3), {}), std::invalid_argument);
}

TEST(Report, AFolderThatIsNotThereIsAnIoError) {
  EXPECT_THROW(write_sample("/nowhere/at/all", sample_evidence(3)), core::IoError);
}

TEST(Report, NamesTheThresholdOfTheTimeBelow) {
  Results results = sample_evidence(3);
  for (auto& scenario : results.scenarios) scenario.threshold = 475;
  EXPECT_THAT(page_of(results), HasSubstr("a return below the threshold 475."));
}

TEST(Report, WarnsOfFewSeeds) {
  EXPECT_THAT(page_of(sample_evidence(3)), HasSubstr("fewer than 5 seeds"));
  EXPECT_THAT(page_of(sample_evidence(5)), Not(HasSubstr("fewer than 5 seeds")));
}

TEST(TerminalTable, SaysWhereTheBestRateMayLieOutsideOfTheGrid) {
  const Results results = sample_evidence(3);
  EXPECT_THAT(
      to_table(results, analyse(results), 1000),
      HasSubstr("The lr chosen for 0.333, 0.667, 0.875, match:optimal, auto is the largest tried, 0.03"));
}

TEST(TerminalTable, SaysHowItsNumbersCameAbout) {
  const Results results = sample_evidence(3);
  EXPECT_THAT(to_table(results, analyse(results), 1000),
              HasSubstr("chosen on 5 seeds that the comparison does not use"));
}

TEST(ToTable, SaysWhenDifferentProgramsTrained) {
  Results results = sample_evidence(4);
  EXPECT_THAT(to_table(results, analyse(results), 100), Not(HasSubstr("different programs")));
  results.versions.push_back("rhoam 0.2.0");
  EXPECT_THAT(to_table(results, analyse(results), 100), HasSubstr("different programs"));
}

TEST(ToTable, SaysInAHundredColumnsWhatWasTuned) {
  const Results results = sample_evidence(4);
  EXPECT_THAT(to_table(results, analyse(results), 100), HasSubstr("lr=0.01"));
}

}  // namespace
}  // namespace rhoam::compare
