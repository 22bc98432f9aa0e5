/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-help.h"

#include "sweep-mechanism.h"
#include "sweep-translation.h"

#include <map>
#include <utility>
#include <vector>

namespace po = boost::program_options;

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr unsigned COLUMNS = 100; //!< width of --help

/// Options of labs that do what a common name does, and nothing else: not listed.
const std::set<std::string> RENAMED{"failure",
                                    "fail-at",
                                    "link-rate",
                                    "link-delay",
                                    "clock-rate",
                                    "line-delay"};

/// An option that several labs may have.
struct Shared
{
    std::string name; //!< its name
    std::string unit; //!< what --help calls its value
    bool flag{false}; //!< whether it may be given without a value
    /// What it means, and where.
    std::vector<std::pair<std::string, std::string>> meanings;
    std::vector<std::string> mechanisms; //!< those that have it
};

/**
 * @brief What --help calls the value of an option.
 * @param option the option
 * @return such as "SECONDS"
 */
std::string
GetUnit(const po::option_description& option)
{
    const std::string text = option.format_parameter();
    // "[=yes|no(=1)] (=no)" or "SECONDS (=5)"
    const std::size_t begin = text.find("[=") == 0 ? 2 : 0;
    return text.substr(begin, text.find_first_of(" (", begin) - begin);
}

/**
 * @brief What the labs take besides the common names.
 * @return every option once, in the order in which the labs add them
 */
std::vector<Shared>
Collect()
{
    std::vector<Shared> all;
    std::map<std::string, std::size_t> known;
    for (const auto& mechanism : SweepMechanism::GetNames())
    {
        for (const auto& option : SweepMechanism::GetOptions(mechanism).options())
        {
            const std::string& name = option->long_name();
            if (SweepTranslation::IsCommon(name) || !SweepMechanism::HasFactor(mechanism, name))
            {
                continue;
            }
            const auto [i, isNew] = known.emplace(name, all.size());
            if (isNew)
            {
                all.push_back(
                    {name, GetUnit(*option), option->semantic()->min_tokens() == 0, {}, {}});
            }
            Shared& shared = all[i->second];
            shared.mechanisms.push_back(mechanism);
            bool found = false;
            for (auto& [meaning, where] : shared.meanings)
            {
                if (meaning == option->description())
                {
                    where += " " + mechanism;
                    found = true;
                }
            }
            if (!found)
            {
                shared.meanings.emplace_back(option->description(), mechanism);
            }
        }
    }
    return all;
}

/**
 * @brief An option that takes one value, a list or a range.
 * @param unit what --help calls a value
 * @param flag whether it may be given without a value, and then says yes
 * @return Boost's description
 */
po::typed_value<std::string>*
Levels(const std::string& unit, bool flag)
{
    auto* value = po::value<std::string>()->value_name(unit);
    return flag ? value->implicit_value("yes") : value;
}

} // namespace

void
SweepHelp::AddSettings(ProgramOptions& options)
{
    po::options_description common(
        "Factors: a value, a list such as 0.5,1,2, or a range such as 2..6 or 0.1..0.5:0.1 "
        "(FIRST..LAST:STEP)",
        COLUMNS);
    for (const auto& name : SweepTranslation::GetCommonNames())
    {
        common.add_options()(name.name.c_str(),
                             Levels(name.unit, name.unit == "yes|no"),
                             name.help.c_str());
    }
    options.Add().add(common);

    po::options_description several(
        "Factors of several mechanisms, as their lab programs have them (in a sweep: traffic-rate "
        "0, schedule random, and a failure lasts as long as detecting it takes)",
        COLUMNS);
    std::map<std::string, po::options_description> single;
    for (const auto& mechanism : SweepMechanism::GetNames())
    {
        single.emplace(mechanism,
                       po::options_description("Factors of " + mechanism + " only", COLUMNS));
    }
    for (const Shared& shared : Collect())
    {
        std::string help;
        const bool one = shared.mechanisms.size() == 1;
        for (const auto& [meaning, where] : shared.meanings)
        {
            const bool everywhere = shared.meanings.size() == 1 &&
                                    shared.mechanisms.size() == SweepMechanism::GetNames().size();
            help += (help.empty() ? "" : "; ") + meaning +
                    (one || everywhere ? "" : " [" + where + "]");
        }
        if (RENAMED.count(shared.name) > 0)
        {
            options.AddHidden().add_options()(shared.name.c_str(),
                                              Levels(shared.unit, shared.flag),
                                              "");
            continue;
        }
        (one ? single.at(shared.mechanisms[0]) : several)
            .add_options()(shared.name.c_str(), Levels(shared.unit, shared.flag), help.c_str());
    }
    options.Add().add(several);
    for (const auto& mechanism : SweepMechanism::GetNames())
    {
        if (!single.at(mechanism).options().empty())
        {
            options.Add().add(single.at(mechanism));
        }
        std::set<std::string> names;
        for (const auto& option : SweepMechanism::GetOptions(mechanism).options())
        {
            names.insert(option->long_name());
        }
        for (const auto& name : SweepTranslation::GetCommonNames())
        {
            names.insert(name.name);
        }
        for (const auto& name : names)
        {
            const std::string alone = mechanism + "." + name;
            if (SweepMechanism::HasFactor(mechanism, alone))
            {
                options.AddHidden().add_options()(alone.c_str(), Levels("VALUE", false), "");
            }
        }
    }
}

std::set<std::string>
SweepHelp::GetSettingNames()
{
    ProgramOptions none("");
    std::set<std::string> general;
    for (const auto& option : none.Add().options())
    {
        general.insert(option->long_name());
    }
    AddSettings(none);
    std::set<std::string> names;
    for (const auto* description : {&none.Add(), &none.AddHidden()})
    {
        for (const auto& option : description->options())
        {
            if (general.count(option->long_name()) == 0)
            {
                names.insert(option->long_name());
            }
        }
    }
    return names;
}

const char*
SweepHelp::GetMechanisms()
{
    return "what to compare: gre, hdlc, ppp, tcp, bgp, ethernet, dpd, nat, bfd; any option below "
           "may be given to one of them alone, such as --nat.retries=3";
}

} // namespace keepalive
} // namespace ns3
