/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-mechanism.h"

#include "bfd-options.h"
#include "bgp-options.h"
#include "dpd-options.h"
#include "ethernet-lab-options.h"
#include "gre-options.h"
#include "nat-options.h"
#include "serial-options.h"
#include "sweep-translation.h"
#include "tcp-options.h"

#include "ns3/bfd-experiment.h"
#include "ns3/bgp-experiment.h"
#include "ns3/dpd-experiment.h"
#include "ns3/ethernet-experiment.h"
#include "ns3/gre-experiment.h"
#include "ns3/nat-experiment.h"
#include "ns3/scenario-experiment.h"
#include "ns3/serial-experiment.h"
#include "ns3/tcp-experiment.h"

#include <algorithm>
#include <boost/algorithm/string/join.hpp>
#include <map>
#include <set>

namespace po = boost::program_options;

namespace ns3
{
namespace keepalive
{

namespace
{

using Encapsulation = SerialScenarioConfig::Encapsulation;

/// What there is to know of a mechanism.
struct Entry
{
    const char* name;                                           //!< such as "gre"
    void (*add)(ProgramOptions&);                               //!< adds what its lab takes
    std::unique_ptr<Experiment> (*make)(const ProgramOptions&); //!< makes an experiment of it
};

/**
 * @brief Make an experiment of the configuration that a lab program reads.
 * @tparam Traits what a ScenarioExperiment needs to know of the mechanism
 * @tparam READ reads the configuration
 * @param options what was given
 * @return the experiment
 */
template <typename Traits, typename Traits::Config (*READ)(const ProgramOptions&)>
std::unique_ptr<Experiment>
MakeOf(const ProgramOptions& options)
{
    return std::make_unique<ScenarioExperiment<Traits>>(READ(options));
}

/**
 * @brief Add the options of a serial line.
 * @tparam ENCAPSULATION what the line speaks
 * @param options the program's options
 */
template <Encapsulation ENCAPSULATION>
void
AddSerial(ProgramOptions& options)
{
    AddSerialOptions(options, ENCAPSULATION);
}

/**
 * @brief Read the options of a serial line.
 * @tparam ENCAPSULATION what the line speaks
 * @param options the program's options
 * @return the configuration
 */
template <Encapsulation ENCAPSULATION>
SerialScenarioConfig
ReadSerial(const ProgramOptions& options)
{
    return ReadSerialOptions(options, ENCAPSULATION);
}

/// Every mechanism.
const Entry ENTRIES[] = {
    {"gre", &AddGreOptions, &MakeOf<GreExperiment, &ReadGreOptions>},
    {"hdlc",
     &AddSerial<Encapsulation::HDLC>,
     &MakeOf<SerialExperiment, &ReadSerial<Encapsulation::HDLC>>},
    {"ppp",
     &AddSerial<Encapsulation::PPP>,
     &MakeOf<SerialExperiment, &ReadSerial<Encapsulation::PPP>>},
    {"tcp", &AddTcpOptions, &MakeOf<TcpExperiment, &ReadTcpOptions>},
    {"bgp", &AddBgpOptions, &MakeOf<BgpExperiment, &ReadBgpOptions>},
    {"ethernet", &AddEthernetLabOptions, &MakeOf<EthernetExperiment, &ReadEthernetLabOptions>},
    {"dpd", &AddDpdOptions, &MakeOf<DpdExperiment, &ReadDpdOptions>},
    {"nat", &AddNatOptions, &MakeOf<NatExperiment, &ReadNatOptions>},
    {"bfd", &AddBfdOptions, &MakeOf<BfdExperiment, &ReadBfdOptions>}};

/// Options of labs that no sweep has: a plan has to be complete in itself.
const std::set<std::string> WITHHELD{"script"};

/// Options that every program has.
const std::set<std::string> GENERAL{"help", "config", "out", "quiet"};

/**
 * @brief Find a mechanism.
 * @param name its name
 * @return what there is to know of it
 * @throw UsageError if there is none
 */
const Entry&
Find(const std::string& name)
{
    for (const Entry& entry : ENTRIES)
    {
        if (entry.name == name)
        {
            return entry;
        }
    }
    throw UsageError("option --mechanism=" + name + ": expected one or several of " +
                     boost::algorithm::join(SweepMechanism::GetNames(), ", "));
}

/**
 * @brief Options of a mechanism's lab program, with nothing given. To copy them is quicker than to
 *        add them again, which counts in a plan of many points.
 * @param mechanism its name
 * @return the options
 * @throw UsageError if there is no such mechanism
 */
const ProgramOptions&
GetPrototype(const std::string& mechanism)
{
    static std::map<std::string, ProgramOptions> prototypes;
    const auto known = prototypes.find(mechanism);
    if (known != prototypes.end())
    {
        return known->second;
    }
    ProgramOptions options("");
    Find(mechanism).add(options);
    return prototypes.emplace(mechanism, options).first->second;
}

/**
 * @brief Begin to translate a mechanism's settings.
 * @param mechanism its name
 * @return what translates
 */
SweepTranslation
MakeTranslation(const std::string& mechanism)
{
    static std::map<std::string, std::set<std::string>> own;
    std::set<std::string>& names = own[mechanism];
    if (names.empty())
    {
        for (const auto& option : SweepMechanism::GetOptions(mechanism).options())
        {
            names.insert(option->long_name());
        }
    }
    return SweepTranslation(mechanism, names);
}

/**
 * @brief Say whose option it is that an error names.
 * @param text the error of a lab program
 * @param mechanism the mechanism
 * @return the error, with --bgp.hold for --hold
 */
std::string
Attribute(std::string text, const std::string& mechanism)
{
    const std::pair<std::string, std::string> marks[] = {{"option --", mechanism + "."},
                                                         {"option '--", mechanism + "."},
                                                         {"option '", "--" + mechanism + "."}};
    for (const auto& [mark, insertion] : marks)
    {
        const std::size_t at = text.find(mark);
        if (at != std::string::npos)
        {
            return text.insert(at + mark.size(), insertion);
        }
    }
    return text;
}

} // namespace

const std::vector<std::string>&
SweepMechanism::GetNames()
{
    static const std::vector<std::string> names = []() {
        std::vector<std::string> all;
        for (const Entry& entry : ENTRIES)
        {
            all.emplace_back(entry.name);
        }
        return all;
    }();
    return names;
}

bool
SweepMechanism::HasFactor(const std::string& mechanism, const std::string& name)
{
    return MakeTranslation(mechanism).Has(name);
}

bool
SweepMechanism::IsList(const std::string& name)
{
    const std::string rest = name.substr(name.find('.') + 1); // of no '.': all of it
    return rest == "key" || rest == "tcp-keepalive";
}

SweepPlan::Settings
SweepMechanism::Translate(const std::string& mechanism, const SweepPlan::Settings& settings)
{
    return MakeTranslation(mechanism).Translate(settings);
}

std::unique_ptr<Experiment>
SweepMechanism::Make(const std::string& mechanism, const SweepPlan::Settings& settings)
{
    const Entry& entry = Find(mechanism);
    const SweepPlan::Settings own = Translate(mechanism, settings);
    ProgramOptions options = GetPrototype(mechanism);
    try
    {
        options.Take(own);
        return entry.make(options);
    }
    catch (const UsageError& error)
    {
        throw UsageError(Attribute(error.what(), mechanism));
    }
}

const po::options_description&
SweepMechanism::GetOptions(const std::string& mechanism)
{
    static std::map<std::string, po::options_description> descriptions;
    const auto known = descriptions.find(mechanism);
    if (known != descriptions.end())
    {
        return known->second;
    }
    ProgramOptions options = GetPrototype(mechanism);
    po::options_description& own = descriptions[mechanism];
    for (const auto& option : options.Add().options())
    {
        if (GENERAL.count(option->long_name()) == 0 && WITHHELD.count(option->long_name()) == 0)
        {
            own.add(option);
        }
    }
    return own;
}

std::string
DescribePoint(const SweepPlan& plan, uint32_t point)
{
    std::string text = "mechanism=" + plan.points.at(point).mechanism;
    for (const auto& [name, value] : plan.points.at(point).factors)
    {
        text += ", " + name + "=" + value;
    }
    return "point " + std::to_string(point) + " (" + text + ")";
}

SweepPlan::Settings
GetSettings(const SweepPlan& plan, uint32_t point)
{
    SweepPlan::Settings settings = plan.common;
    const SweepPlan::Settings& factors = plan.points.at(point).factors;
    settings.insert(settings.end(), factors.begin(), factors.end());
    return settings;
}

std::unique_ptr<Experiment>
MakeExperiment(const SweepPlan& plan, uint32_t point)
{
    try
    {
        return SweepMechanism::Make(plan.points.at(point).mechanism, GetSettings(plan, point));
    }
    catch (const UsageError& error)
    {
        throw UsageError(DescribePoint(plan, point) + ": " + error.what());
    }
}

} // namespace keepalive
} // namespace ns3
