// The program that compares with the reference: what it must notice.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace rhoam::golden {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const fs::path kGolden = RHOAM_TEST_DATA;

struct Result {
  int code;
  std::string text;
};

class GoldenCheck : public testing::Test {
 protected:
  GoldenCheck() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    place_ = fs::path(testing::TempDir()) / (std::string("golden_check_") + test->name());
    fs::remove_all(place_);
    fs::create_directories(place_ / "files");
  }
  ~GoldenCheck() override { fs::remove_all(place_); }

  static json read(const std::string& name) { return json::parse(std::ifstream(kGolden / name)); }

  Result run(const std::string& arguments) const {
    const auto output = place_ / "output";
    const int status = std::system(
        (std::string(RHOAM_GOLDEN_CHECK) + " " + arguments + " >" + output.string() + " 2>&1").c_str());
    std::ostringstream text;
    text << std::ifstream(output).rdbuf();
    return {WEXITSTATUS(status), text.str()};
  }

  Result check(const std::string& content) const {
    std::ofstream(place_ / "files" / "file.json") << content;
    return run((place_ / "files").string());
  }

  fs::path place_;
};

TEST_F(GoldenCheck, AnAlteredCartPoleStateIsOut) {
  auto file = read("envs/cartpole_v1.json");
  EXPECT_EQ(check(file.dump()).code, 0);
  auto& value = file["episodes"][3]["states"][5][2];
  value = value.get<double>() + 1e-9;
  EXPECT_EQ(check(file.dump()).code, 1);
}

TEST_F(GoldenCheck, AnAlteredFlagOrRewardIsOut) {
  for (const char* key : {"terminated", "truncated"}) {
    auto file = read("envs/cartpole_v1.json");
    file["episodes"][0][key][2] = true;
    EXPECT_EQ(check(file.dump()).code, 1) << key;
  }
  auto file = read("envs/cartpole_v1.json");
  file["episodes"][0]["rewards"][2] = 0.0;
  EXPECT_EQ(check(file.dump()).code, 1);
}

TEST_F(GoldenCheck, AnAlteredLanderFlightIsOut) {
  const auto original = read("envs/lunar_lander_v3_wind.json");
  const auto altered = [&](auto&& alter) {
    json file = original;
    alter(file["episodes"][0]);
    return check(file.dump()).code;
  };
  EXPECT_EQ(altered([](json&) {}), 0);
  EXPECT_EQ(altered([](json& e) { e["obs"][10][5] = e["obs"][10][5].get<double>() + 2e-4; }), 1);
  EXPECT_EQ(altered([](json& e) { e["rewards"][10] = 5.0; }), 1);
  EXPECT_EQ(altered([](json& e) { e["smooth_y"][0] = e["smooth_y"][0].get<double>() + 1e-9; }), 1);
  EXPECT_EQ(altered([](json& e) { e["first_contact"] = 40; }), 1);
  EXPECT_EQ(altered([](json& e) { e["wind_idx"] = 0; }), 1);
  EXPECT_EQ(altered([](json& e) { e["gravity"] = -9.0; }), 1);
}

TEST_F(GoldenCheck, AMalformedFileIsOneClearLine) {
  for (const char* content : {"", "{", "[]", "{}", R"({"format": 2, "env": "CartPole-v1"})",
                              R"({"format": 1, "env": "CartPole-v1", "episodes": []})",
                              R"({"format": 1, "env": "LunarLander-v3", "episodes": [{}]})",
                              R"({"format": "optimizer paths, version 1"})"}) {
    const auto result = check(content);
    EXPECT_EQ(result.code, 1) << content;
    EXPECT_EQ(std::ranges::count(result.text, '\n'), 1) << result.text;
  }
}

TEST_F(GoldenCheck, AnEnvironmentThatIsNotRegisteredIsSkipped) {
  const auto result = check(R"({"format": 1, "env": "Nowhere-v0", "episodes": []})");
  EXPECT_EQ(result.code, 0);
  EXPECT_NE(result.text.find("skipped: no environment Nowhere-v0"), std::string::npos);
}

TEST_F(GoldenCheck, AWrongPlaceIsAUsageError) {
  EXPECT_EQ(run("").code, 2);
  EXPECT_EQ(run("/nowhere").code, 2);
  EXPECT_EQ(run((place_ / "files").string()).code, 2);
}

}  // namespace
}  // namespace rhoam::golden
