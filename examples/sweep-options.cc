/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-options.h"

#include "option-types.h"
#include "sweep-factor.h"
#include "sweep-help.h"
#include "sweep-points.h"

#include <algorithm>
#include <boost/algorithm/string/join.hpp>
#include <iostream>
#include <set>
#include <sstream>
#include <system_error>
#include <thread>

namespace po = boost::program_options;

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr double MOST_JOBS = 1024;        //!< workers
constexpr double MOST_SHARDS = 1e6;       //!< shards of a plan, and tasks of a job array
constexpr double MOST_REPLICATIONS = 1e9; //!< of a point
constexpr double MOST_RNG_RUN = 1e15;     //!< first RngRun
constexpr double LEAST_FOR_INTERVAL = 2;  //!< replications that an interval needs
const char* const TRIAL_END = "0.000001"; //!< when a trial run ends, seconds

/// Options that say where and how to run, and are no part of what is run.
const std::set<std::string> WORK{"jobs", "order", "shard", "slurm", "dry-run", "verbose", "quiet"};

/**
 * @brief Read --shard=k/n.
 * @param options the program's options
 * @param sweep filled in
 */
void
ReadShard(const ProgramOptions& options, SweepOptions& sweep)
{
    if (!options.IsGiven("shard"))
    {
        return;
    }
    const auto text = options.Get<std::string>("shard");
    std::istringstream in(text);
    int64_t shard = 0;
    int64_t shards = 0;
    char slash = 0;
    const bool read = in >> shard >> slash >> shards && in.peek() == EOF && slash == '/';
    if (!read || shard < 1 || shards < shard || shards > MOST_SHARDS)
    {
        throw UsageError("option --shard=" + text +
                         ": expected K/N, with K from 1 to N, and N up to 1000000");
    }
    sweep.shard = static_cast<uint32_t>(shard);
    sweep.shards = static_cast<uint32_t>(shards);
}

/**
 * @brief Read --until-ci=5%.
 * @param options the program's options
 * @return 0.05
 */
double
ReadPrecision(const ProgramOptions& options)
{
    const auto text = options.Get<std::string>("until-ci");
    std::istringstream in(text);
    double percent = 0;
    const bool read = static_cast<bool>(in >> percent);
    std::string unit;
    std::getline(in, unit);
    if (!read || unit != "%" || !(percent > 0 && percent <= 100))
    {
        throw UsageError("option --until-ci=" + text +
                         ": expected a percentage above 0% and up to 100%, such as 5%");
    }
    return percent / 100;
}

/**
 * @brief How many replications there are.
 * @param options the program's options
 * @param plan filled in
 */
void
ReadReplications(const ProgramOptions& options, SweepPlan& plan)
{
    plan.firstRun = static_cast<uint64_t>(ReadWhole(options, "first-run", 1, MOST_RNG_RUN));
    plan.replications =
        static_cast<uint32_t>(ReadWhole(options, "replications", 1, MOST_REPLICATIONS));
    plan.stopping.metric = ReadName(options, "until-metric", {"detection", "mistakes"});
    plan.stopping.least =
        static_cast<uint32_t>(ReadWhole(options, "least", LEAST_FOR_INTERVAL, MOST_REPLICATIONS));
    plan.stopping.most =
        static_cast<uint32_t>(ReadWhole(options, "most", LEAST_FOR_INTERVAL, MOST_REPLICATIONS));
    if (!options.IsGiven("until-ci"))
    {
        for (const std::string name : {"until-metric", "least", "most"})
        {
            if (options.IsGiven(name))
            {
                throw UsageError("option --" + name + ": needs --until-ci=PERCENT");
            }
        }
        return;
    }
    plan.stopping.precision = ReadPrecision(options);
    if (options.IsGiven("replications"))
    {
        throw UsageError("option --replications: not with --until-ci; --least and --most say how "
                         "many there may be");
    }
    if (plan.stopping.most < plan.stopping.least)
    {
        throw UsageError("option --most=" + std::to_string(plan.stopping.most) +
                         ": out of range, must be at least the --least of " +
                         std::to_string(plan.stopping.least));
    }
    plan.replications = plan.stopping.most;
}

/**
 * @brief Where the file of --points is.
 * @param options the program's options
 * @return its name; that of one beside the --config file if there is none here
 */
std::string
FindPoints(const ProgramOptions& options)
{
    const std::filesystem::path file = options.Get<std::string>("points");
    std::error_code ignored;
    if (options.IsGiven("config") && file.is_relative() && !std::filesystem::exists(file, ignored))
    {
        const std::filesystem::path config = options.Get<std::string>("config");
        const std::filesystem::path beside = config.parent_path() / file;
        return (std::filesystem::exists(beside, ignored) ? beside : file).string();
    }
    return file.string();
}

/**
 * @brief The mechanisms that are to be swept.
 * @param options the program's options
 * @return their names; none if a file of points is to say
 */
std::vector<std::string>
ReadMechanisms(const ProgramOptions& options)
{
    if (!options.IsGiven("mechanism"))
    {
        if (!options.IsGiven("points"))
        {
            throw UsageError("option --mechanism: must be given, one or several of " +
                             boost::algorithm::join(SweepMechanism::GetNames(), ","));
        }
        return {};
    }
    const std::vector<std::string> mechanisms =
        SweepFactor::Parse("mechanism", options.Get<std::string>("mechanism")).levels;
    for (const auto& mechanism : mechanisms)
    {
        SweepMechanism::GetOptions(mechanism); // refuses what is none
    }
    if (mechanisms.size() > 1 && options.IsGiven("points"))
    {
        throw UsageError("option --mechanism=" + options.Get<std::string>("mechanism") +
                         ": with --points only one, or a column mechanism in the file");
    }
    return mechanisms;
}

/**
 * @brief Refuse a setting that none of the mechanisms has.
 * @param mechanisms the mechanisms
 * @param name of the setting
 * @param text its value
 */
void
CheckApplies(const std::vector<std::string>& mechanisms,
             const std::string& name,
             const std::string& text)
{
    const bool applies =
        std::any_of(mechanisms.begin(), mechanisms.end(), [&name](const std::string& mechanism) {
            return SweepMechanism::HasFactor(mechanism, name);
        });
    if (!applies)
    {
        throw UsageError("option --" + name + "=" + text + ": does not apply to " +
                         boost::algorithm::join(mechanisms, ", "));
    }
}

/**
 * @brief What varies, and what does not.
 * @param options the program's options
 * @param plan what does not is filled in
 * @return what varies, in the order in which it was given
 */
std::vector<SweepFactor>
ReadFactors(const ProgramOptions& options, SweepPlan& plan)
{
    const std::set<std::string> names = SweepHelp::GetSettingNames();
    std::vector<SweepFactor> factors;
    for (const auto& name : options.GetGiven())
    {
        if (names.count(name) == 0)
        {
            continue;
        }
        const auto text = options.Get<std::string>(name);
        SweepFactor factor;
        if (SweepMechanism::IsList(name))
        {
            factor = {name, {text}};
        }
        else
        {
            factor = SweepFactor::Parse(name, text);
        }
        if (factor.levels.size() == 1)
        {
            plan.common.emplace_back(name, factor.levels[0]);
        }
        else
        {
            factors.push_back(factor);
        }
    }
    return factors;
}

/**
 * @brief Combine the factors, or read the file of points.
 * @param options the program's options
 * @param plan filled in
 */
void
ReadPoints(const ProgramOptions& options, SweepPlan& plan)
{
    std::vector<std::string> mechanisms = ReadMechanisms(options);
    const std::vector<SweepFactor> factors = ReadFactors(options, plan);
    if (options.IsGiven("points"))
    {
        if (!factors.empty())
        {
            throw UsageError("option --" + factors[0].name + "=" +
                             options.Get<std::string>(factors[0].name) +
                             ": with --points only one value");
        }
        SweepPoints::Read(plan, FindPoints(options), mechanisms.empty() ? "" : mechanisms[0]);
        for (const auto& point : plan.points)
        {
            if (std::find(mechanisms.begin(), mechanisms.end(), point.mechanism) ==
                mechanisms.end())
            {
                mechanisms.push_back(point.mechanism);
            }
        }
    }
    for (const auto& [name, value] : plan.common)
    {
        CheckApplies(mechanisms, name, value);
        if (std::find(plan.factorNames.begin(), plan.factorNames.end(), name) !=
            plan.factorNames.end())
        {
            throw UsageError("option --" + name + "=" + value + ": is also a column of --points");
        }
    }
    for (const SweepFactor& factor : factors)
    {
        CheckApplies(mechanisms, factor.name, options.Get<std::string>(factor.name));
    }
    if (!options.IsGiven("points"))
    {
        SweepPoints::Multiply(plan, mechanisms, factors);
    }
}

/**
 * @brief Run the first point of every mechanism, for a moment.
 * @param plan the plan
 */
void
TryMechanisms(const SweepPlan& plan)
{
    std::set<std::string> tried;
    for (uint32_t i = 0; i < plan.points.size(); i++)
    {
        const std::string& mechanism = plan.points[i].mechanism;
        if (tried.insert(mechanism).second)
        {
            SweepPlan::Settings settings = GetSettings(plan, i);
            settings.emplace_back(mechanism + ".stop", TRIAL_END);
            SweepMechanism::Make(mechanism, settings)->Run(plan.firstRun);
        }
    }
}

} // namespace

void
AddSweepWorkOptions(ProgramOptions& options, bool shard)
{
    auto add = options.Add().add_options();
    add("jobs",
        po::value<double>()->value_name("N"),
        "runs at the same time; unless given, one for each core");
    add("order",
        Word("forward", "HOW"),
        "forward, reverse or shuffled: which runs first; the results are the same");
    if (shard)
    {
        add("shard",
            po::value<std::string>()->value_name("K/N"),
            "run only part K of N, to be merged with the others later");
    }
}

void
AddSweepOptions(ProgramOptions& options)
{
    auto add = options.Add().add_options();
    add("mechanism", po::value<std::string>()->value_name("NAME,..."), SweepHelp::GetMechanisms());
    add("points",
        po::value<std::string>()->value_name("FILE.csv"),
        "the points themselves, instead of all combinations of factors: the header names factors, "
        "each row is a point; looked for here, then beside the --config file");
    add("replications", Number(100, "N"), "runs of each point");
    add("first-run", Number(1, "N"), "RngRun of the first replication, the same at every point");
    add("until-ci",
        po::value<std::string>()->value_name("PERCENT%"),
        "instead of --replications: as many as make the 95 % interval around the mean this narrow");
    add("until-metric",
        Word("detection", "detection|mistakes"),
        "of what: of the detection time, or of the mistakes per time");
    add("least", Number(30, "N"), "replications before the first look, and between looks");
    add("most", Number(10000, "N"), "replications at which to stop all the same");
    add("skip-invalid", Switch(), "leave out points that a mechanism refuses");
    add("dry-run", Switch(), "say what would be run and how long it would take, and end");
    add("verbose",
        Switch(),
        "with --dry-run: every point, and what its lab program would be given");
    AddSweepWorkOptions(options);
    add("slurm",
        Number(0, "N"),
        "run as a Slurm job array of N tasks: write its script and submit it; 0 to run here");
    SweepPromise::AddOptions(options);
    SweepHelp::AddSettings(options);
}

SweepOptions
ReadSweepWork(const ProgramOptions& options)
{
    using Order = SweepOptions::Order;
    SweepOptions sweep;
    sweep.out = options.Get<std::string>("out");
    sweep.quiet = options.Get<bool>("quiet");
    sweep.jobs = options.IsGiven("jobs")
                     ? static_cast<uint32_t>(ReadWhole(options, "jobs", 1, MOST_JOBS))
                     : std::max(1U, std::thread::hardware_concurrency());
    sweep.order = options.Choose<Order>(
        "order",
        {{"forward", Order::FORWARD}, {"reverse", Order::REVERSE}, {"shuffled", Order::SHUFFLED}});
    ReadShard(options, sweep);
    return sweep;
}

SweepOptions
ReadSweepOptions(const ProgramOptions& options)
{
    SweepOptions sweep = ReadSweepWork(options);
    sweep.slurm = static_cast<uint32_t>(ReadWhole(options, "slurm", 0, MOST_SHARDS));
    if (sweep.slurm > 0 && options.IsGiven("shard"))
    {
        throw UsageError("option --shard: not with --slurm, which gives every task its own");
    }
    sweep.dryRun = options.Get<bool>("dry-run");
    sweep.verbose = options.Get<bool>("verbose");
    if (sweep.verbose && !sweep.dryRun)
    {
        throw UsageError("option --verbose: needs --dry-run");
    }
    sweep.promise = SweepPromise::Read(options);
    return sweep;
}

SweepPlan
ReadSweepPlan(const ProgramOptions& options, std::vector<SweepLeftOut>* leftOut)
{
    SweepPlan plan;
    plan.ns3 = options.GetNs3();
    for (const auto& argument : plan.ns3)
    {
        if (argument.find("RngRun=") == 0)
        {
            throw UsageError("option --" + argument +
                             ": a sweep counts its runs itself, from --first-run on");
        }
    }
    ReadReplications(options, plan);
    ReadPoints(options, plan);
    const std::vector<SweepLeftOut> without =
        SweepPoints::Check(plan, options.Get<bool>("skip-invalid"));
    options.PassToNs3([&plan]() { TryMechanisms(plan); });
    if (leftOut != nullptr)
    {
        *leftOut = without;
    }
    else if (!without.empty())
    {
        std::cerr << "left out " << without.size() << " points, such as " << without[0].point
                  << ": " << without[0].reason << '\n';
    }
    return plan;
}

void
ApplyNs3(const SweepPlan& plan)
{
    for (const auto& argument : plan.ns3)
    {
        ProgramOptions::ApplyToNs3(argument);
    }
}

std::string
ToSweepIni(const ProgramOptions& options)
{
    std::string ini = options.ToIniAsGiven(WORK);
    if (options.IsGiven("points"))
    {
        // The results are elsewhere: from there, a name relative to here would be another file.
        const std::string line = "points=" + options.Get<std::string>("points") + '\n';
        const auto path = std::filesystem::absolute(FindPoints(options)).lexically_normal();
        ini.replace(ini.find(line), line.size(), "points=" + path.string() + '\n');
    }
    return ini;
}

} // namespace keepalive
} // namespace ns3
