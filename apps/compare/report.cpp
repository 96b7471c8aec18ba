#include "apps/compare/report.h"

#include <fmt/format.h>

#include <stdexcept>

#include "apps/compare/grid_edge.h"
#include "apps/compare/notes.h"
#include "apps/compare/report_html.h"
#include "apps/compare/report_markdown.h"
#include "apps/compare/table.h"
#include "core/file.h"

namespace rhoam::compare {
namespace {

void check_that_they_belong_together(const Evidence& evidence, const Verdict& verdict) {
  bool same = evidence.scenarios.size() == verdict.scenarios.size();
  for (std::size_t i = 0; same && i < evidence.scenarios.size(); ++i)
    same = evidence.scenarios[i].settings.size() == verdict.scenarios[i].settings.size();
  if (!same) throw std::invalid_argument("the verdict is not that of this evidence");
}

}  // namespace

std::string to_table(const Evidence& evidence, const Verdict& verdict, int width) {
  const bool several = verdict.scenarios.size() > 1;
  const auto noted = [&](const std::string& note) { return note.empty() ? "" : wrapped(note, width) + "\n"; };
  std::string text;
  for (std::size_t i = 0; i < verdict.scenarios.size(); ++i) {
    const auto& scenario = verdict.scenarios[i];
    if (several)
      text +=
          wrapped(fmt::format("{}: {}. {}", scenario.name, scenario.headline, scenario.choice), width) + "\n";
    text += to_text(make_table(scenario, evidence.score.name), width) + "\n" +
            noted(sign_note(scenario, evidence.reference));
    text += noted(grid_edge_note(evidence, evidence.scenarios[i]));
  }
  if (verdict.overall)
    text += "all scenarios:\n\n" + to_text(make_table(*verdict.overall, kNormalisedScore), width) + "\n" +
            noted(sign_note(*verdict.overall, evidence.reference));
  return text + wrapped(fmt::format("Differences to {}; * {}. {}", reference_name(evidence), kStar,
                                    caution_note(evidence)),
                        width);
}

void write_report(const std::filesystem::path& directory, const Evidence& evidence, const Verdict& verdict) {
  check_that_they_belong_together(evidence, verdict);
  const auto figures = make_figures(evidence, verdict);
  const auto pictures = make_pictures(verdict, figures);
  for (const auto& picture : pictures) core::write_file_atomically(directory / picture.file, picture.svg);
  core::write_file_atomically(directory / "report.md", to_markdown(evidence, verdict, pictures));
  core::write_file_atomically(directory / "report.html", to_html(evidence, verdict, figures));
}

}  // namespace rhoam::compare
