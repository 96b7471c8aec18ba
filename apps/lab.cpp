#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "rhoam/apps/verbs.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/file.h"
#include "rhoam/core/json.h"
#include "rhoam/core/options.h"
#include "rhoam/core/text.h"
#include "rhoam/core/thread_pool.h"
#include "rhoam/lab/experiment.h"

namespace rhoam::apps {
namespace {

/// Throws UsageError on an empty path, or two results in one file: a requested result would be lost.
void check_paths(const core::Options& options, const std::string& csv, const std::string& svg) {
  for (const char* name : {"csv", "svg"})
    if (options.typed(name) && options.given(name)->empty())
      throw core::UsageError(fmt::format("--{} '' names no file", name));
  if (!csv.empty() && csv == svg)
    throw core::UsageError(fmt::format("--csv and --svg both name '{}': give each its own file", csv));
}

struct LabOptions {
  std::string csv, svg;
  int threads = 0;
  bool all = false, json = false, help = false;

  void describe(core::Options& options) {
    options.section("Output");
    options.flag("all", all, "run every experiment that is not listed as by name only");
    options.add("csv", csv, "write the plotted data to this file; with --all a folder");
    options.add("svg", svg, "draw the plot into this file; with --all a folder");
    options.add("threads", threads,
                "threads, with the same result for any number; 0 is one per usable processor",
                {.low = 0, .high = 1024});
    options.flag("json", json, "sum up the result as one JSON object on the last line");
    options.flag("help", help, "show this text; with an experiment, its parameters");
  }
};

/// A finished experiment.
struct Done {
  const lab::Lab& lab;
  lab::Report report;
  double seconds;

  bool matches() const { return report.verdict == lab.expected && report.all_agree(); }
};

Done perform(const lab::Lab& lab, lab::Experiment& experiment, core::ThreadPool& pool) {
  const auto start = std::chrono::steady_clock::now();
  lab::Report report = experiment.run(pool);
  return {lab, std::move(report),
          std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count()};
}

/// Columns of a text in a terminal: its bytes except the continuation bytes of UTF-8.
std::size_t columns(const std::string& text) {
  return std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; });
}

std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(width - std::min(width, columns(text)), ' ');
}

std::string measured_text(const lab::Row& row) {
  if (std::isnan(row.measured)) return "–";  // never reached
  if (!row.interval) return fmt::format("{:.5g}", row.measured);
  return fmt::format("{:.4g} [{:.4g}, {:.4g}]", row.measured, row.interval->low, row.interval->high);
}

void print_table(std::FILE* out, const std::vector<lab::Row>& rows) {
  std::size_t what = 0, measured = 8, expected = 8;
  for (const auto& row : rows) {
    what = std::max(what, columns(row.what));
    measured = std::max(measured, columns(measured_text(row)));
    expected = std::max(expected, columns(row.expected));
  }
  fmt::print(out, "  {}  {}  {}\n", padded("", what), padded("measured", measured), "expected");
  for (const auto& row : rows)
    fmt::print(out, "  {}  {}  {}\n", padded(row.what, what), padded(measured_text(row), measured),
               row.expected.empty()
                   ? ""
                   : padded(row.expected, expected) + (row.agrees ? "  agrees" : "  DISAGREES"));
}

void print(std::FILE* out, const Done& done) {
  const auto& [lab, report, seconds] = done;
  fmt::print(out, "{}\n\n  Claim    {}\n  Set-up   {}\n\n", lab.name, lab.claim, report.setup);
  print_table(out, report.rows);
  fmt::print(out, "\n  Verdict  {}: {}\n  Source   {}\n  Time     {:.2f} s\n\n", lab::text(report.verdict),
             report.because, lab.source, seconds);
}

nlohmann::ordered_json summary(const Done& done) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const auto& row : done.report.rows) {
    nlohmann::ordered_json json{{"what", row.what}, {"measured", row.measured}};
    if (row.interval) json["interval"] = {row.interval->low, row.interval->high};
    const bool expects = !row.expected.empty();
    json["expected"] = expects ? nlohmann::ordered_json(row.expected) : nullptr;
    json["agrees"] = expects ? nlohmann::ordered_json(row.agrees) : nullptr;
    rows.push_back(std::move(json));
  }
  return {{"name", done.lab.name},
          {"verdict", lab::text(done.report.verdict)},
          {"expected", lab::text(done.lab.expected)},
          {"matches", done.matches()},
          {"rows", std::move(rows)}};
}

std::string cell(const std::vector<double>& values, std::size_t i) {
  return i < values.size() && std::isfinite(values[i]) ? core::format_double(values[i]) : "";
}

/// Text of a CSV cell (RFC 4180).
std::string quoted(std::string text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  for (std::size_t at = 0; (at = text.find('"', at)) != std::string::npos; at += 2) text.insert(at, 1, '"');
  return '"' + text + '"';
}

/// All plotted data, one line per point.
std::string to_csv(const lab::Report& report) {
  std::string text = "chart,series,x,y,low,high\n";
  for (const auto& chart : report.charts)
    for (const auto& series : chart.series)
      for (std::size_t i = 0; i < series.x.size(); ++i)
        text += fmt::format("{},{},{},{},{},{}\n", quoted(chart.title), quoted(series.name),
                            cell(series.x, i), cell(series.y, i), cell(series.low, i), cell(series.high, i));
  return text;
}

void write_files(const Done& done, const std::string& csv, const std::string& svg) {
  if (!csv.empty()) core::write_file_atomically(csv, to_csv(done.report));
  if (!svg.empty())
    core::write_file_atomically(
        svg, render::to_svg(fmt::format("{}: {}", done.lab.name, lab::text(done.report.verdict)),
                            done.report.charts));
}

int run_one(const lab::Lab& lab, const std::vector<std::string>& args) {
  LabOptions chosen;
  const auto experiment = lab.make();
  core::Options options;
  options.section("Parameters");
  experiment->describe(options);
  const auto parameters = options.names();
  chosen.describe(options);
  options.parse(args, 1);
  options.apply();
  if (chosen.help) {
    fmt::print("Usage: rhoam lab {} [options]\n\n{}\n\n{}", lab.name, lab.claim, options.help());
    return 0;
  }
  if (chosen.all) throw core::UsageError(fmt::format("give '{}' or --all, not both", lab.name));
  check_paths(options, chosen.csv, chosen.svg);
  core::ThreadPool pool(chosen.threads);
  const Done done = perform(lab, *experiment, pool);
  print(chosen.json ? stderr : stdout, done);
  write_files(done, chosen.csv, chosen.svg);
  if (chosen.json) fmt::print("{}\n", core::to_text(summary(done)));
  const bool changed = std::ranges::any_of(parameters, [&](auto& name) { return options.typed(name); });
  return changed || done.matches() ? 0 : 1;
}

/// FOLDER/NAME.ending; empty if no folder is given.
std::string file_in(const std::string& folder, const lab::Lab& lab, const char* ending) {
  if (folder.empty()) return {};
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw core::IoError(fmt::format("cannot create '{}': {}", folder, error.message()));
  return (std::filesystem::path(folder) / (std::string(lab.name) + ending)).string();
}

int run_all(const LabOptions& chosen) {
  core::ThreadPool pool(chosen.threads);
  bool all_match = true;
  nlohmann::ordered_json experiments = nlohmann::ordered_json::array();
  for (const auto& lab : lab::labs()) {
    if (!lab.in_all) continue;
    const Done done = perform(lab, *lab.make(), pool);
    std::FILE* out = chosen.json ? stderr : stdout;
    print(out, done);
    std::fflush(out);
    write_files(done, file_in(chosen.csv, lab, ".csv"), file_in(chosen.svg, lab, ".svg"));
    all_match = all_match && done.matches();
    experiments.push_back(summary(done));
  }
  if (chosen.json) fmt::print("{}\n", core::to_text(nlohmann::ordered_json{{"experiments", experiments}}));
  return all_match ? 0 : 1;
}

void print_list() {
  fmt::print("Experiments (rhoam lab NAME, or --all)\n");
  for (const auto& lab : lab::labs())
    fmt::print("  {:<22}{}{}\n", lab.name, lab.claim, lab.in_all ? "" : " (by name only)");
}

}  // namespace

int run_lab(const Invocation& invocation) {
  const auto& args = invocation.args;
  if (!args.empty() && !args[0].starts_with("-")) return run_one(lab::find_lab(args[0]), args);
  LabOptions chosen;
  core::Options options;
  chosen.describe(options);
  options.parse(args);
  options.apply();
  if (!chosen.all && !chosen.help && (chosen.json || !chosen.csv.empty() || !chosen.svg.empty()))
    throw core::UsageError("--json, --csv and --svg need an experiment: give its name or --all");
  if (chosen.help)
    fmt::print(
        "Usage: rhoam lab [NAME | --all] [options]\n\n'rhoam lab NAME --help' shows its parameters.\n\n{}",
        options.help());
  else if (chosen.all)
    return run_all(chosen);
  else
    print_list();
  return 0;
}

}  // namespace rhoam::apps
