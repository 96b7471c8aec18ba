// The written forms of options: help, config file, dump.
#include <algorithm>
#include <cctype>

#include "core/errors.h"
#include "core/file.h"
#include "core/options.h"
#include "core/text.h"

namespace rhoam::core {
namespace {

constexpr std::size_t kColumns = 100;
constexpr std::size_t kHelpColumn = 30;
constexpr std::size_t kMaxConfigBytes = 1 << 20;

// "…" and "ρ" are several bytes but one column.
std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string pad_to(std::size_t column, const std::string& line) {
  return std::string(column > columns(line) ? column - columns(line) : 0, ' ');
}

std::string paragraph(std::string line, const std::string& text) {
  std::string done;
  if (columns(line) + 2 > kHelpColumn) done = line + "\n", line.clear();
  line += pad_to(kHelpColumn, line);
  bool fresh = true;
  for (const auto& word : split(text, ' ')) {
    if (!fresh && columns(line) + 1 + columns(word) > kColumns) {
      done += line + "\n";
      line = std::string(kHelpColumn, ' ');
      fresh = true;
    }
    line += (fresh ? "" : " ") + word;
    fresh = false;
  }
  return done + line + "\n";
}

bool needs_quotes(const std::string& text) {
  return text != trim(text) || text.find_first_of("\"\n\r") != std::string::npos;
}

std::string to_config(const std::string& text) {
  if (!needs_quotes(text)) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (c == '\n')
      quoted += "\\n";
    else if (c == '\r')
      quoted += "\\r";
    else
      quoted += c;
  }
  return quoted + '"';
}

std::string from_config(std::string_view text) {
  if (!text.starts_with('"')) return std::string(text);
  if (text.size() < 2 || !text.ends_with('"'))
    throw UsageError("a quotation mark is missing at the end of the line");
  std::string plain;
  text = text.substr(1, text.size() - 2);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escaped = text[i] == '\\' && i + 1 < text.size();
    const char c = escaped ? text[++i] : text[i];
    plain += escaped && c == 'n' ? '\n' : escaped && c == 'r' ? '\r' : c;
  }
  return plain;
}

}  // namespace

std::string to_config(std::span<const GivenOption> options) {
  std::string lines;
  for (const auto& [name, texts] : options)
    for (const auto& text : texts) lines += name + " = " + to_config(text) + "\n";
  return lines;
}

void Options::read_config(const std::filesystem::path& path, Unknown unknown) {
  if (!std::filesystem::exists(path)) throw UsageError("there is no config file '" + path.string() + "'");
  try {
    read_config_text(read_file(path, kMaxConfigBytes), path.string(), unknown);
  } catch (const IoError& error) {
    throw UsageError(error.what());
  } catch (const CorruptError& error) {
    throw UsageError(error.what());
  }
}

void Options::read_config_text(const std::string& text, const std::string& origin, Unknown unknown) {
  config_ = origin;
  std::string prefix;
  int number = 0;
  for (const auto& whole : split(text, '\n')) {
    ++number;
    const auto line = trim(whole);
    if (line.empty() || line[0] == '#' || line[0] == ';') continue;
    try {
      prefix = read_config_line(line, prefix, unknown);
    } catch (const UsageError& error) {
      throw UsageError(config_ + ":" + std::to_string(number) + ": " + error.what());
    }
  }
}

std::string Options::read_config_line(std::string_view line, const std::string& prefix, Unknown unknown) {
  if (line.starts_with('[') && line.ends_with(']')) {
    const auto section = trim(line.substr(1, line.size() - 2));
    return section.empty() ? "" : std::string(section) + ".";
  }
  const auto equals = line.find('=');
  if (equals == std::string_view::npos) throw UsageError("'" + std::string(line) + "' is not 'name = value'");
  const auto name = prefix + std::string(trim(line.substr(0, equals)));
  if (unknown == Unknown::skip && !known(name)) return prefix;
  auto& entry = find(name);
  if (!entry.configured.empty() && entry.arity != Arity::many)
    throw UsageError("'" + name + "' is given twice");
  entry.configured.push_back(from_config(trim(line.substr(equals + 1))));
  return prefix;
}

std::string Options::help() const {
  std::string all, section;
  for (const auto& entry : entries_) {
    if (entry.section != section || &entry == &entries_.front()) {
      section = entry.section;
      if (!all.empty()) all += "\n";
      if (!section.empty()) all += section + ":\n";
    }
    const auto values = entry.get ? entry.get() : std::vector<std::string>{};
    const auto current = join(values);
    const bool shown =
        entry.arity == Arity::flag ? current == "true" && entry.typed.empty() : !current.empty();
    const auto line = "  --" + entry.name + (entry.placeholder.empty() ? "" : " " + entry.placeholder);
    all += paragraph(line, entry.help + (entry.arity == Arity::many ? " (repeatable)" : "") +
                               (shown ? " [" + current + "]" : ""));
  }
  return all;
}

std::string Options::dump() const {
  std::string all;
  for (const auto& entry : entries_) {
    if (!entry.get) continue;
    auto values = entry.get();
    if (values.empty()) values = {""};
    all += core::to_config(std::vector<GivenOption>{{entry.name, values}});
  }
  return all;
}

}  // namespace rhoam::core
