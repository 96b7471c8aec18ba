// The written forms of options: help, config file, dump.
#include "rhoam/core/errors.h"
#include "rhoam/core/file.h"
#include "rhoam/core/options.h"
#include "rhoam/core/text.h"

namespace rhoam::core {
namespace {

constexpr std::size_t kHelpColumn = 30;
const std::string kNegation = "no-";

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
  read_config_text(read_config_file(path), path.string(), unknown);
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
  if (const auto flag = negated_flag(name); !flag.empty())
    throw UsageError("unknown option '" + name + "': in a file write '" + flag + " = false'");
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
    const auto value = entry.arity == Arity::flag
                           ? "on; --" + kNegation + entry.name + " or --" + entry.name + "=false turns it off"
                           : current;
    all += paragraph(
        line,
        entry.help + (entry.arity == Arity::many ? " (repeatable)" : "") + (shown ? " [" + value + "]" : ""),
        kHelpColumn);
  }
  return all;
}

std::vector<GivenOption> Options::values() const {
  std::vector<GivenOption> all;
  for (const auto& entry : entries_) {
    if (!entry.get) continue;
    auto& texts = all.emplace_back(GivenOption{entry.name, entry.get()}).texts;
    if (texts.empty()) texts = {""};
  }
  return all;
}

std::string Options::dump() const { return to_config(values()); }

}  // namespace rhoam::core
