/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-plan.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace ns3
{
namespace keepalive
{

namespace
{

// Ordered, so that the text is the same whatever the library's mood.
using Json = nlohmann::ordered_json;

/**
 * @brief Settings as JSON. An object would not do for what is read back: order matters.
 * @param settings the settings
 * @return pairs in order
 */
Json
ToPairs(const SweepPlan::Settings& settings)
{
    Json pairs = Json::array();
    for (const auto& [name, value] : settings)
    {
        pairs.push_back({name, value});
    }
    return pairs;
}

/**
 * @brief Read what ToPairs made.
 * @param pairs the JSON
 * @return the settings
 */
SweepPlan::Settings
FromPairs(const Json& pairs)
{
    SweepPlan::Settings settings;
    for (const auto& pair : pairs)
    {
        settings.emplace_back(pair.at(0).get<std::string>(), pair.at(1).get<std::string>());
    }
    return settings;
}

/**
 * @brief What makes a plan this plan and no other.
 * @param plan the plan
 * @return as JSON
 */
Json
ToIdentity(const SweepPlan& plan)
{
    Json points = Json::array();
    for (const auto& point : plan.points)
    {
        points.push_back({{"mechanism", point.mechanism}, {"factors", ToPairs(point.factors)}});
    }
    return {{"format", 1},
            {"factors", plan.factorNames},
            {"common", ToPairs(plan.common)},
            {"ns3", plan.ns3},
            {"firstRun", plan.firstRun},
            {"points", points}};
}

/**
 * @brief As text. Bytes that are no UTF-8 are replaced: they are in no option that anybody takes.
 * @param json the JSON
 * @return one line
 */
std::string
ToLine(const Json& json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace

uint64_t
SweepPlan::GetNRuns() const
{
    return static_cast<uint64_t>(points.size()) * replications;
}

SweepPlan::Run
SweepPlan::GetRun(uint64_t index) const
{
    Run run;
    run.point = static_cast<uint32_t>(index % points.size());
    run.replication = static_cast<uint32_t>(index / points.size());
    run.rngRun = firstRun + run.replication;
    return run;
}

std::string
SweepPlan::ToJson() const
{
    Json json = ToIdentity(*this);
    json["replications"] = replications;
    json["stopping"] = {{"precision", stopping.precision},
                        {"metric", stopping.metric},
                        {"least", stopping.least},
                        {"most", stopping.most}};
    return ToLine(json);
}

SweepPlan
SweepPlan::FromJson(const std::string& text)
{
    SweepPlan plan;
    try
    {
        const Json json = Json::parse(text);
        if (json.at("format") != 1)
        {
            throw std::runtime_error("a plan of another format, " + json.at("format").dump());
        }
        json.at("factors").get_to(plan.factorNames);
        plan.common = FromPairs(json.at("common"));
        json.at("ns3").get_to(plan.ns3);
        json.at("firstRun").get_to(plan.firstRun);
        for (const auto& point : json.at("points"))
        {
            plan.points.push_back(
                {point.at("mechanism").get<std::string>(), FromPairs(point.at("factors"))});
        }
        json.at("replications").get_to(plan.replications);
        const Json& stopping = json.at("stopping");
        stopping.at("precision").get_to(plan.stopping.precision);
        stopping.at("metric").get_to(plan.stopping.metric);
        stopping.at("least").get_to(plan.stopping.least);
        stopping.at("most").get_to(plan.stopping.most);
    }
    catch (const Json::exception& error)
    {
        throw std::runtime_error(std::string("not a plan of a sweep: ") + error.what());
    }
    if (plan.points.empty() || plan.replications == 0 || plan.firstRun == 0)
    {
        throw std::runtime_error("not a plan of a sweep: nothing to run");
    }
    return plan;
}

std::string
SweepPlan::GetIdentity() const
{
    return ToLine(ToIdentity(*this));
}

} // namespace keepalive
} // namespace ns3
