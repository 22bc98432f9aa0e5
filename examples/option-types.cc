/* SPDX-License-Identifier: GPL-2.0-only */

#include "option-types.h"

#include <arpa/inet.h>
#include <cmath>
#include <sstream>

namespace po = boost::program_options;

namespace ns3
{
namespace keepalive
{

po::typed_value<double>*
Number(double value, const char* unit)
{
    std::ostringstream text;
    text << value;
    return po::value<double>()->default_value(value, text.str())->value_name(unit);
}

po::typed_value<std::string>*
Word(const char* value, const char* words)
{
    return po::value<std::string>()->default_value(value)->value_name(words);
}

po::typed_value<bool>*
Switch()
{
    return po::value<bool>()
        ->default_value(false, "no")
        ->implicit_value(true)
        ->value_name("yes|no");
}

po::typed_value<std::vector<std::string>>*
List(const char* members)
{
    return po::value<std::vector<std::string>>()->value_name(members);
}

std::vector<std::string>
ReadList(const ProgramOptions& options, const std::string& name)
{
    std::vector<std::string> members;
    if (!options.IsGiven(name))
    {
        return members;
    }
    for (const auto& given : options.Get<std::vector<std::string>>(name))
    {
        std::istringstream list(given);
        std::string member;
        while (std::getline(list, member, ','))
        {
            members.push_back(member);
        }
    }
    return members;
}

std::vector<uint32_t>
ReadNumberList(const ProgramOptions& options, const std::string& name)
{
    std::vector<uint32_t> numbers;
    for (const auto& text : ReadList(options, name))
    {
        std::size_t used = 0;
        unsigned long long number = UINT64_MAX;
        try
        {
            number = std::stoull(text, &used, 0);
        }
        catch (const std::exception&)
        {
            used = std::string::npos;
        }
        if (used != text.size() || number > UINT32_MAX || text[0] == '-')
        {
            throw UsageError("option --" + name + "=" + text +
                             ": out of range, must be a number from 0 to 4294967295");
        }
        numbers.push_back(static_cast<uint32_t>(number));
    }
    return numbers;
}

double
ReadWhole(const ProgramOptions& options, const std::string& name, double minimum, double maximum)
{
    const double number = options.GetBetween(name, minimum, maximum);
    if (number != std::floor(number))
    {
        std::ostringstream wrong;
        wrong << "option --" << name << "=" << number
              << ": out of range, must be a whole number from " << minimum << " to " << maximum;
        throw UsageError(wrong.str());
    }
    return number;
}

std::string
ReadName(const ProgramOptions& options,
         const std::string& name,
         const std::vector<std::string>& names)
{
    std::vector<std::pair<std::string, std::string>> choices;
    for (const auto& choice : names)
    {
        choices.emplace_back(choice, choice);
    }
    return options.Choose(name, choices);
}

Ipv4Address
ReadAddress(const ProgramOptions& options, const std::string& name)
{
    const auto text = options.Get<std::string>(name);
    in_addr parsed;
    if (inet_pton(AF_INET, text.c_str(), &parsed) != 1)
    {
        throw UsageError("option --" + name + "=" + text + ": not an IPv4 address");
    }
    return Ipv4Address(text.c_str());
}

DataRate
ReadRate(const ProgramOptions& options, const std::string& name, bool zero)
{
    const auto text = options.Get<std::string>(name);
    DataRateValue value;
    const bool sound = text == "0" || value.DeserializeFromString(text, MakeDataRateChecker());
    const DataRate rate = text == "0" ? DataRate(0) : value.Get();
    if (!sound || (rate.GetBitRate() == 0 && !zero))
    {
        throw UsageError("option --" + name + "=" + text +
                         ": expected a rate such as 500kb/s or 10Mb/s");
    }
    return rate;
}

} // namespace keepalive
} // namespace ns3
