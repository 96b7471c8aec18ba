#include "rhoam/core/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "rhoam/core/errors.h"
#include "rhoam/core/random.h"
#include "rhoam/core/text.h"
#include "rhoam/tests/core/scratch_folder.h"

namespace rhoam::core {
namespace {

using test::error_of;
using testing::ElementsAre;
using testing::HasSubstr;
using Words = std::vector<std::string>;

// One option of every type, as a verb would bind them.
struct Bound {
  double lr = 3e-4;
  float gamma = 0.99f;
  int epochs = 4;
  std::int64_t steps = 100000;
  std::uint64_t seed = 0;
  bool quiet = false;
  std::string out;
  std::string algo = "ppo";
  Words drift;
  double rho = 0.99;
  Options options;

  Bound() {
    options.section("Training");
    options.add("lr", lr, "learning rate", {.low = 0, .low_open = true});
    options.add("gamma", gamma, "discount", {0, 1});
    options.add("epochs", epochs, "passes over a rollout", {1, 1000});
    options.add("steps", steps, "environment steps");
    options.add("seed", seed, "seed of every random stream");
    options.flag("quiet", quiet, "print no progress");
    options.add("out", out, "run directory");
    options.choice("algo", algo, "algorithm", {"reinforce", "a2c", "ppo"});
    options.list("drift", drift, "what changes");
    options.add(
        "actor.rho", "memory", [this](const std::string& text) { rho = *parse_double(text); },
        [this] { return format_double(rho); });
  }

  void type(const Words& words, std::size_t max_positional = 0) {
    options.parse(words, max_positional);
    options.apply();
  }
  std::string error(const Words& words) {
    return error_of<UsageError>([&] { type(words); });
  }
  void configure(const std::string& text, const Words& words = {}) {
    const test::ScratchFolder folder;
    std::ofstream(folder / "config.ini") << text;
    options.parse(words);
    options.read_config(folder / "config.ini");
    options.apply();
  }
};

TEST(Options, BothSpellingsSetTheVariable) {
  Bound bound;
  bound.type(
      {"--lr", "1e-3", "--epochs=7", "--quiet", "--actor.rho", "0.9", "--seed", "18446744073709551615"});
  EXPECT_EQ(bound.lr, 1e-3);
  EXPECT_EQ(bound.epochs, 7);
  EXPECT_TRUE(bound.quiet);
  EXPECT_EQ(bound.rho, 0.9);
  EXPECT_EQ(bound.seed, ~std::uint64_t{0});
}

TEST(Options, WhatIsNotGivenKeepsItsDefault) {
  Bound bound;
  bound.type({});
  EXPECT_EQ(bound.lr, 3e-4);
  EXPECT_EQ(bound.options.given("lr"), std::nullopt);
}

TEST(Options, NegativeNumbersAreValues) {
  Bound bound;
  bound.type({"--steps", "-5"});
  EXPECT_EQ(bound.steps, -5);
}

TEST(Options, PositionalWordsAreCollected) {
  Bound bound;
  bound.type({"CartPole-v1", "--quiet", "other"}, 2);
  EXPECT_THAT(bound.options.positional(), ElementsAre("CartPole-v1", "other"));
}

TEST(Options, TooManyPositionalWordsAreAnError) {
  EXPECT_EQ(Bound().error({"CartPole-v1"}), "unexpected 'CartPole-v1'");
}

TEST(Options, UnknownNameNamesTheNearest) {
  EXPECT_EQ(Bound().error({"--sed", "1"}), "unknown option '--sed'; did you mean '--seed'?");
}

TEST(Options, AbbreviationsAreNotGuessed) {
  EXPECT_THAT(Bound().error({"--ep", "3"}), HasSubstr("unknown option '--ep'"));
  EXPECT_THAT(Bound().error({"--epoch=3"}), HasSubstr("did you mean '--epochs'?"));
}

TEST(Options, SingleDashIsNoPositionalWord) {
  Bound bound;
  const auto error = error_of<UsageError>([&] { bound.type({"-lr", "3"}, 2); });
  EXPECT_EQ(error, "unknown option '-lr'; did you mean '--lr'?");
}

TEST(Options, TextIsNotANumber) {
  EXPECT_EQ(Bound().error({"--lr", "abc"}), "--lr 'abc' is not a number");
  EXPECT_EQ(Bound().error({"--epochs", "1.5"}), "--epochs '1.5' is not a whole number");
}

TEST(Options, NumbersOutsideTheGrammarAreErrors) {
  for (const char* text : {"nan", "inf", "-inf", "0x10", "1e999", "3x", "", " 3", "1e-3 "}) {
    EXPECT_NE(Bound().error({"--lr", text}), "") << text;
    EXPECT_NE(Bound().error({"--epochs", text}), "") << text;
  }
}

TEST(Options, RangeIsNamed) {
  EXPECT_EQ(Bound().error({"--epochs", "0"}), "--epochs 0 is out of range: 1 … 1000");
  EXPECT_EQ(Bound().error({"--lr", "0"}), "--lr 0 is out of range: above 0, at most 1.7976931348623157e+308");
  EXPECT_THAT(Bound().error({"--epochs", "99999999999999999999"}), HasSubstr("is out of range: 1 … 1000"));
}

TEST(Options, UnknownChoiceNamesTheAllowedOnes) {
  EXPECT_EQ(Bound().error({"--algo", "pp"}),
            "--algo 'pp' is unknown: allowed are reinforce, a2c, ppo; did you mean 'ppo'?");
}

TEST(Options, MissingValueIsAnError) {
  EXPECT_EQ(Bound().error({"--lr"}), "--lr needs a value");
  EXPECT_EQ(Bound().error({"--lr="}), "--lr needs a value");
  EXPECT_EQ(Bound().error({"--lr", "--quiet"}), "--lr needs a value");
}

TEST(Options, TwiceIsAnErrorExceptForLists) {
  EXPECT_EQ(Bound().error({"--lr", "1", "--lr", "2"}), "--lr is given twice");
  Bound bound;
  bound.type({"--drift", "a:b", "--drift=c"});
  EXPECT_THAT(bound.drift, ElementsAre("a:b", "c"));
}

TEST(Options, FlagTakesTrueOrFalseOnlyWithEquals) {
  Bound bound;
  bound.type({"--quiet", "CartPole-v1"}, 1);
  EXPECT_THAT(bound.options.positional(), ElementsAre("CartPole-v1"));
  EXPECT_EQ(Bound().error({"--quiet=maybe"}), "--quiet 'maybe' is neither true nor false");
}

TEST(Options, AFlagIsSwitchedOffInEverySpelling) {
  for (const char* word :
       {"--no-quiet", "--quiet=false", "--quiet=False", "--quiet=NO", "--quiet=off", "--quiet=0"}) {
    Bound bound;
    bound.quiet = true;
    bound.type({word});
    EXPECT_FALSE(bound.quiet) << word;
  }
}

TEST(Options, AFlagGivenBothWaysIsRefused) {
  const Words spellings = {"--quiet", "--no-quiet", "--quiet=false"};
  for (const auto& first : spellings)
    for (const auto& second : spellings)
      EXPECT_THAT(Bound().error({first, second}), HasSubstr("--quiet is given twice")) << first << second;
}

TEST(Options, TheWordAfterAFlagIsNotItsValueAndTheErrorSaysHow) {
  for (const char* value : {"false", "True", "off", "0"}) {
    Bound bound;
    const auto error = error_of<UsageError>([&] { bound.type({"--quiet", value, "CartPole-v1"}, 2); });
    EXPECT_THAT(error, HasSubstr("--quiet=false")) << value;
    EXPECT_THAT(error, HasSubstr("--no-quiet")) << value;
  }
}

TEST(Options, NoBeforeAnOptionWithAValueIsUnknown) {
  EXPECT_THAT(Bound().error({"--no-lr"}), HasSubstr("unknown option '--no-lr'"));
  EXPECT_THAT(Bound().error({"--no-quiet=true"}), HasSubstr("--quiet=false"));
  EXPECT_EQ(Bound().error({"--out", "--no-quiet"}), "--out needs a value");
}

TEST(Options, AConfigFileHasNoNegatedFlags) {
  const auto error = error_of<UsageError>([] { Bound().configure("no-quiet = true\n"); });
  EXPECT_THAT(error, HasSubstr("'quiet = false'"));
}

TEST(Options, HelpSaysHowAFlagThatIsOnIsSwitchedOff) {
  Bound bound;
  EXPECT_EQ(bound.options.help().find("--no-quiet"), std::string::npos);
  bound.quiet = true;
  EXPECT_THAT(bound.options.help(), HasSubstr("on; --no-quiet or --quiet=false turns it off"));
}

TEST(Options, ATogglesValueMayBeLeftOut) {
  const auto typed = [](const Words& words) {
    std::string value = "default";
    Options options;
    options.add(
        "centered", "", [&](const std::string& text) { value = text; }, [&] { return value; });
    options.toggle("centered");
    options.parse(words, 1);
    options.apply();
    return value + (options.positional().empty() ? "" : " " + options.positional()[0]);
  };
  EXPECT_EQ(typed({"--centered"}), "true");
  EXPECT_EQ(typed({"--centered", "env"}), "true env");
  EXPECT_EQ(typed({"--centered", "false", "env"}), "false env");
  EXPECT_EQ(typed({"--centered=false"}), "false");
  EXPECT_EQ(typed({"--no-centered", "env"}), "false env");
  EXPECT_EQ(typed({"--centered", "default"}), "default");
}

TEST(Options, PeekingKnowsTheTogglesOfAnother) {
  std::string value = "false";
  bool quiet = true;
  Options other, peek;
  other.add(
      "centered", "", [&](const std::string& text) { value = text; }, [&] { return value; });
  other.toggle("centered");
  other.flag("quiet", quiet, "");
  peek.ignore_switches_of(other);
  peek.parse(Words{"--centered", "CartPole-v1", "--quiet"}, 1, Unknown::skip);
  peek.apply();
  EXPECT_THAT(peek.positional(), ElementsAre("CartPole-v1"));
  EXPECT_EQ(value, "false");
}

TEST(Options, PeekingKnowsNegatedFlags) {
  bool quiet = true;
  Options peek;
  peek.flag("quiet", quiet, "");
  peek.parse(Words{"--no-quiet", "CartPole-v1"}, 1, Unknown::skip);
  peek.apply();
  EXPECT_FALSE(quiet);
  EXPECT_THAT(peek.positional(), ElementsAre("CartPole-v1"));
}

TEST(Options, DashHIsHelpUnlessItIsAValue) {
  Bound bound;
  bool help = false;
  bound.options.flag("help", help, "");
  bound.type({"--out", "-h"});
  EXPECT_FALSE(help);
  Options other;
  other.flag("help", help, "");
  other.parse(Words{"-h"});
  other.apply();
  EXPECT_TRUE(help);
}

TEST(Options, TypedBeatsConfigBeatsDefault) {
  Bound bound;
  bound.configure("lr = 0.5\nepochs = 9\nquiet = true\n", {"--lr", "0.25", "--quiet=false"});
  EXPECT_EQ(bound.lr, 0.25);
  EXPECT_EQ(bound.epochs, 9);
  EXPECT_FALSE(bound.quiet);
  EXPECT_TRUE(bound.options.typed("lr"));
  EXPECT_FALSE(bound.options.typed("epochs"));
  EXPECT_EQ(bound.options.given("epochs"), "9");
}

TEST(Options, DefaultsMayChangeBetweenParseAndApply) {
  Bound bound;
  bound.options.parse(Words{"--lr", "1"});
  bound.lr = 2, bound.epochs = 2;
  bound.options.apply();
  EXPECT_EQ(bound.lr, 1);
  EXPECT_EQ(bound.epochs, 2);
}

TEST(Options, SectionOfAConfigFileIsAPrefix) {
  Bound bound;
  bound.configure("# comment\n; comment\n\nlr=1\n[actor]\nrho = 0.5\n[]\nseed = 3\r\n");
  EXPECT_EQ(bound.rho, 0.5);
  EXPECT_EQ(bound.seed, 3u);
}

TEST(Options, ConfigErrorNamesTheLine) {
  const auto error = error_of<UsageError>([] { Bound().configure("lr = 1\nsed = 3\n"); });
  EXPECT_THAT(error, HasSubstr("config.ini:2: unknown option '--sed'; did you mean '--seed'?"));
}

TEST(Options, ConfigValueErrorNamesTheFile) {
  const auto error = error_of<UsageError>([] { Bound().configure("lr = fast\n"); });
  EXPECT_THAT(error, HasSubstr("config.ini: --lr 'fast' is not a number"));
}

TEST(Options, MissingConfigFileIsAUsageError) {
  EXPECT_THROW(Bound().options.read_config("/nowhere/config.ini"), UsageError);
}

TEST(Options, DumpRestoresAnyStateExactly) {
  Stream stream(7);
  for (int round = 0; round < 100; ++round) {
    Bound bound;
    bound.lr = stream.normal() * 1e-3;
    bound.lr = std::abs(bound.lr);
    bound.gamma = static_cast<float>(stream.uniform());
    bound.seed = stream();
    for (int i = 0; i < 12; ++i) bound.out += " \"\\#\nab="[stream.below(8)];
    for (std::uint64_t i = stream.below(4); i > 0; --i)
      bound.drift.push_back("x:" + std::to_string(stream.below(9)));
    Bound copy;
    copy.drift = {"default"};
    copy.configure(bound.options.dump());
    EXPECT_EQ(copy.options.dump(), bound.options.dump());
    EXPECT_EQ(copy.lr, bound.lr);
    EXPECT_EQ(copy.gamma, bound.gamma);
    EXPECT_EQ(copy.out, bound.out);
    EXPECT_EQ(copy.drift, bound.drift);
  }
}

TEST(Options, PeekingSkipsWhatOthersDeclare) {
  std::string algo = "ppo";
  bool quiet = false;
  Options peek;
  peek.choice("algo", algo, "", {"a2c", "ppo"});
  peek.flag("quiet", quiet, "");
  peek.parse(
      Words{"--lr", "1e-3", "--quiet", "CartPole-v1", "--clip=0.1", "--algo", "a2c", "--actor.rho", "-1"}, 1,
      Unknown::skip);
  EXPECT_EQ(peek.given("algo"), "a2c");
  EXPECT_THAT(peek.positional(), ElementsAre("CartPole-v1"));
}

TEST(Options, TakesInWhatAnotherGaveEvenEmptyTexts) {
  Bound bound;
  bound.drift = {"gravity:sine"};
  bound.options.take(std::vector<GivenOption>{{"drift", {""}}, {"out", {"--odd"}}, {"quiet", {"true"}}});
  bound.options.apply();
  EXPECT_TRUE(bound.drift.empty());
  EXPECT_EQ(bound.out, "--odd");
  EXPECT_TRUE(bound.quiet);
}

TEST(Options, HelpStaysWithinItsColumns) {
  Bound bound;
  std::string long_text;
  for (int i = 0; i < 60; ++i) long_text += "word ";
  bound.options.add("long-name-of-an-option-that-fills-the-column", long_text, long_text);
  const auto help = bound.options.help();
  for (const auto& line : split(help, '\n')) EXPECT_LE(line.size(), 100u) << line;
  EXPECT_THAT(help, HasSubstr("Training:\n"));
  EXPECT_THAT(help, HasSubstr("  --lr X                      learning rate [0.0003]\n"));
  EXPECT_THAT(help, HasSubstr("reinforce|a2c|ppo"));
}

TEST(Options, RandomConfigTextNeverDoesMoreThanAUsageError) {
  Stream stream(12);
  const Words pieces = {"lr", "drift", "out",  "[actor]", "[", "]", "=",    "\"",
                        "\\", "\n",    "\r\n", "#",       "1", " ", "\xff", "rho"};
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (std::uint64_t i = stream.below(12); i > 0; --i) text += pieces[stream.below(pieces.size())];
    const auto error = error_of<UsageError>([&] { Bound().configure(text); });
    EXPECT_EQ(error.find('\n'), std::string::npos) << error;
  }
}

TEST(Options, RandomWordsNeverDoMoreThanAUsageError) {
  Stream stream(3);
  const Words words = {
      "--lr", "1", "--", "-", "", "=", "--=", "--quiet", "--quiet=", "--drift", "\xff", "--algo=ppo", "a"};
  for (int round = 0; round < 2000; ++round) {
    Bound bound;
    Words args;
    for (std::uint64_t i = stream.below(6); i > 0; --i) args.push_back(words[stream.below(words.size())]);
    for (const auto unknown : {Unknown::reject, Unknown::skip}) {
      const auto error = error_of<UsageError>([&] { bound.options.parse(args, 2, unknown); });
      EXPECT_EQ(error.find('\n'), std::string::npos);
    }
  }
}

TEST(Shorthand, SetsItsVariablesBelowTheirOwnOptionsAndIsNotDumped) {
  double actor = 0, critic = 0;
  Options options;
  options.shorthand("rho", "both", [&](const std::string& text) { actor = critic = *parse_double(text); });
  options.add("actor.rho", actor, "one");
  options.parse(std::vector<std::string>{"--rho", "0.5", "--actor.rho", "0.25"});
  options.apply();
  EXPECT_EQ(actor, 0.25);
  EXPECT_EQ(critic, 0.5);
  EXPECT_EQ(options.dump(), "actor.rho = 0.25\n");
}

}  // namespace
}  // namespace rhoam::core
