#include "rhoam/core/options.h"

#include <algorithm>
#include <boost/program_options.hpp>
#include <stdexcept>
#include <utility>

#include "rhoam/core/errors.h"
#include "rhoam/core/text.h"

namespace rhoam::core {
namespace {

namespace po = boost::program_options;

// Some toggles also take "default".
bool is_toggled(const std::string& word) { return parse_bool(word) || word == "default"; }

// A word that begins with a dash but is not an option would otherwise be taken for a run or an environment.
bool looks_like_option(const std::string& word) { return word.size() > 1 && word[0] == '-'; }

constexpr int kStyle = po::command_line_style::allow_long | po::command_line_style::long_allow_adjacent |
                       po::command_line_style::long_allow_next;

constexpr const char* kNoValue = " needs a value";

std::string bare(const std::string& option) {
  return option.substr(std::min(option.find_first_not_of('-'), option.size()));
}

}  // namespace

bool Options::known(const std::string& name) const {
  return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.name == name; });
}

const Options::Entry& Options::find(const std::string& name) const {
  const auto entry =
      std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.name == name; });
  if (entry == entries_.end()) {
    throw UsageError("unknown option '--" + name + "'" + did_you_mean(name, names(), "--"));
  }
  return *entry;
}

Options::Entry& Options::find(const std::string& name) {
  return const_cast<Entry&>(std::as_const(*this).find(name));
}

std::string Options::negated_flag(const std::string& name) const {
  if (!name.starts_with("no-") || known(name)) return "";
  const auto flag = name.substr(3);
  return known(flag) && find(flag).is_switch() ? flag : "";
}

void Options::refuse_value_of_flag(const std::string& flag, const std::string& word) const {
  if (!parse_bool(word)) return;
  throw UsageError("unexpected '" + word + "': a flag takes its value after '=', as in --" + flag +
                   "=true, --" + flag + "=false, or --no-" + flag);
}

/// The words with "--no-name" as "--name=false" and "-h" as "--help".
std::vector<std::string> Options::spelt_out(std::span<const std::string> args) const {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < args.size(); ++i) {
    const auto& word = args[i];
    const auto name = word.starts_with("--") ? word.substr(2) : "";
    const auto negated = negated_flag(name.substr(0, name.find('=')));
    if (!negated.empty() && name.find('=') != std::string::npos)
      throw UsageError("'" + word + "': write --" + negated + "=true or --" + negated + "=false");
    words.push_back(!negated.empty()                ? "--" + negated + "=false"
                    : word == "-h" && known("help") ? "--help"
                                                    : word);
    const auto option = negated.empty() ? name : negated;
    if (!known(option)) continue;
    const auto arity = find(option).arity;
    const bool last = i + 1 == args.size();
    if (arity == Arity::toggle && negated.empty())
      words.back() += "=" + (!last && is_toggled(args[i + 1]) ? args[++i] : "true");
    else if (!last && find(option).is_switch())
      refuse_value_of_flag(option, args[i + 1]);
    else if (!last)
      words.push_back(args[++i]);  // whatever it looks like
  }
  return words;
}

std::vector<std::string> Options::without_unknown(std::span<const std::string> args) const {
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < args.size(); ++i) {
    const auto& word = args[i];
    if (!word.starts_with("--") || known(word.substr(2, word.find('=') - 2))) {
      kept.push_back(word);
      // The word after a known option is its value even if it looks like an unknown option.
      const auto name = word.starts_with("--") ? word.substr(2) : "";
      if (known(name) && !find(name).is_switch() && i + 1 < args.size()) kept.push_back(args[++i]);
    } else if (word.find('=') == std::string::npos && i + 1 < args.size() && !args[i + 1].starts_with("--")) {
      ++i;
    }
  }
  return kept;
}

std::vector<std::string> Options::take_flags_with_values(std::vector<std::string> words) {
  std::erase_if(words, [this](const std::string& word) {
    const auto equals = word.find('=');
    if (!word.starts_with("--") || equals == std::string::npos) return false;
    const auto name = word.substr(2, equals - 2);
    if (!known(name) || !find(name).is_switch()) return false;
    record_typed(name, word.substr(equals + 1));
    return true;
  });
  return words;
}

void Options::record_typed(const std::string& name, const std::string& text) {
  auto& entry = find(name);
  if (!entry.typed.empty() && entry.arity != Arity::many)
    throw UsageError("--" + name + " is given twice" +
                     (entry.is_switch() ? "; --no-" + name + " is --" + name + "=false" : ""));
  entry.typed.push_back(text);
}

void Options::record_positional(const std::string& word, std::size_t max_positional) {
  if (looks_like_option(word))
    throw UsageError("unknown option '" + word + "'" + did_you_mean(bare(word), names(), "--"));
  if (positional_.size() == max_positional) throw UsageError("unexpected '" + word + "'");
  positional_.push_back(word);
}

void Options::parse(std::span<const std::string> args, std::size_t max_positional, Unknown unknown) {
  po::options_description known_options;
  for (const auto& entry : entries_) {
    const auto value = po::value<std::string>();
    if (entry.arity == Arity::flag) value->zero_tokens();
    known_options.add_options()(entry.name.c_str(), value);
  }
  auto words = spelt_out(args);
  if (unknown == Unknown::skip) words = without_unknown(words);
  words = take_flags_with_values(std::move(words));
  try {
    for (const auto& option :
         po::command_line_parser(words).options(known_options).style(kStyle).run().options) {
      if (option.position_key >= 0) {
        record_positional(option.value.at(0), max_positional);
      } else {
        const auto swallowed = option.original_tokens.size() > 1 ? bare(option.value.at(0)) : std::string();
        if ((known(swallowed) || !negated_flag(swallowed).empty()) && option.value[0].starts_with("--"))
          throw UsageError("--" + option.string_key + kNoValue);
        record_typed(option.string_key, option.value.empty() ? "true" : option.value[0]);
      }
    }
  } catch (const po::unknown_option& error) {
    find(bare(error.get_option_name()));
    throw UsageError("unknown option '" + error.get_option_name() + "'");
  } catch (const po::invalid_command_line_syntax& error) {
    throw UsageError("--" + bare(error.get_option_name()) + kNoValue);
  } catch (const po::error& error) {
    throw UsageError(error.what());
  }
}

void Options::take(std::span<const GivenOption> options) {
  for (const auto& [name, texts] : options)
    for (const auto& text : texts) record_typed(name, text);
}

void Options::apply_level(std::vector<std::string> Entry::*level) const {
  const bool configured = level == &Entry::configured;
  for (const auto& entry : entries_) {
    if ((entry.*level).empty()) continue;
    try {
      entry.set(entry.*level);
    } catch (const UsageError& error) {
      throw UsageError((configured ? config_ + ": " : "") + error.what());
    }
  }
}

// By level, because one setter may write several variables: a typed --rho also beats the file's actor.rho.
void Options::apply() const {
  apply_level(&Entry::configured);
  apply_level(&Entry::typed);
}

std::optional<std::string> Options::given(const std::string& name) const {
  const auto& texts = find(name).texts();
  return texts.empty() ? std::nullopt : std::optional(texts.back());
}

std::vector<GivenOption> Options::all_given() const {
  std::vector<GivenOption> all;
  for (const auto& entry : entries_)
    if (!entry.texts().empty()) all.push_back({entry.name, entry.texts()});
  return all;
}

bool Options::typed(const std::string& name) const { return !find(name).typed.empty(); }

void Options::ignore_switches_of(const Options& other) {
  for (const auto& entry : other.entries_)
    if (entry.is_switch() && !known(entry.name))
      declare({.name = entry.name,
               .placeholder = "",
               .help = "",
               .section = {},
               .arity = entry.arity,
               .set = [](const auto&) {},
               .get = {}});
}

std::vector<std::string> Options::names() const {
  std::vector<std::string> all;
  for (const auto& entry : entries_) all.push_back(entry.name);
  return all;
}

}  // namespace rhoam::core
