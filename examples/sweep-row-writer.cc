/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-row-writer.h"

#include <nlohmann/json.hpp>
#include <optional>

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief Fills in the parameters of a statement from left to right, and executes it.
 */
class Row
{
  public:
    /**
     * @brief Begin with the first parameter.
     * @param statement inserts a row
     */
    explicit Row(SQLite::Statement& statement)
        : m_statement(statement)
    {
    }

    /**
     * @brief Fill in the next parameter.
     * @param value what SQLite knows, or a whole number
     * @return this
     */
    template <typename T>
    Row& Add(const T& value)
    {
        if constexpr (std::is_integral_v<T>)
        {
            m_statement.bind(m_next++, static_cast<int64_t>(value));
        }
        else
        {
            m_statement.bind(m_next++, value);
        }
        return *this;
    }

    /**
     * @brief Fill in the next parameter, with NULL if there is no value.
     * @param value the value
     * @return this
     */
    template <typename T>
    Row& Add(const std::optional<T>& value)
    {
        if (value)
        {
            return Add(*value);
        }
        m_statement.bind(m_next++);
        return *this;
    }

    /// Write the row.
    void Write()
    {
        m_statement.exec();
        m_statement.reset();
    }

  private:
    SQLite::Statement& m_statement; //!< inserts a row
    int m_next{1};                  //!< next parameter
};

} // namespace

SweepRowWriter::SweepRowWriter(SQLite::Database& database)
    : m_point(database, "INSERT INTO point VALUES(?,?,?)"),
      m_end(database, "INSERT INTO \"end\" VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)"),
      m_run(database, "INSERT INTO run VALUES(?,?,?,?,?,?)"),
      m_observation(database, "INSERT INTO observation VALUES(?,?,?,?,?,?)"),
      m_detection(database, "INSERT INTO detection VALUES(?,?,?,?,?,?,?,?,?,?,?)"),
      m_mistake(database, "INSERT INTO mistake VALUES(?,?,?,?,?,?,?)"),
      m_cost(database, "INSERT INTO cost VALUES(?,?,?,?)")
{
}

void
SweepRowWriter::WritePoint(uint32_t number,
                           const SweepPlan::Point& point,
                           const std::vector<Experiment::End>& ends)
{
    nlohmann::ordered_json factors = nlohmann::ordered_json::object();
    for (const auto& [name, value] : point.factors)
    {
        factors[name] = value;
    }
    Row(m_point).Add(number).Add(point.mechanism).Add(factors.dump()).Write();

    for (std::size_t i = 0; i < ends.size(); i++)
    {
        const Experiment::End& end = ends[i];
        const auto law = [&end](double DetectionBounds::*bound) {
            return end.law ? std::optional<double>((*end.law).*bound) : std::nullopt;
        };
        Row(m_end)
            .Add(number)
            .Add(i)
            .Add(end.name)
            .Add(end.mechanism)
            .Add(end.interval)
            .Add(end.retries)
            .Add(end.rule)
            .Add(law(&DetectionBounds::lower))
            .Add(law(&DetectionBounds::mean))
            .Add(law(&DetectionBounds::upper))
            .Add(end.law ? std::optional<std::string>(ToString(end.law->shape)) : std::nullopt)
            .Add(end.slack)
            .Add(end.mistakeRate)
            .Write();
    }
}

void
SweepRowWriter::WriteResult(uint64_t index,
                            const SweepPlan::Run& what,
                            const ExperimentResult& result)
{
    Row(m_run)
        .Add(index)
        .Add(what.point)
        .Add(what.replication)
        .Add(what.rngRun)
        .Add(result.duration)
        .Add(result.events)
        .Write();
    for (std::size_t i = 0; i < result.ends.size(); i++)
    {
        Row(m_observation)
            .Add(index)
            .Add(i)
            .Add(result.ends[i].observed)
            .Add(result.ends[i].mistaken)
            .Add(result.ends[i].keepalives)
            .Add(result.ends[i].keepaliveBytes)
            .Write();
    }
    for (const auto& detection : result.detections)
    {
        Row(m_detection)
            .Add(index)
            .Add(detection.end)
            .Add(detection.number)
            .Add(detection.kind)
            .Add(detection.own)
            .Add(detection.outage)
            .Add(detection.began)
            .Add(detection.ended)
            .Add(detection.detected)
            .Add(detection.cause)
            .Add(detection.recovered)
            .Write();
    }
    std::vector<uint32_t> numbers(result.ends.size());
    for (const auto& mistake : result.mistakes)
    {
        Row(m_mistake)
            .Add(index)
            .Add(mistake.end)
            .Add(numbers.at(mistake.end)++)
            .Add(mistake.suspected)
            .Add(mistake.trusted)
            .Add(mistake.sincePrevious)
            .Add(mistake.cause)
            .Write();
    }
}

void
SweepRowWriter::WriteCost(uint64_t index,
                          int64_t wallTime,
                          uint32_t worker,
                          const std::string& version)
{
    Row(m_cost).Add(index).Add(wallTime).Add(worker).Add(version).Write();
}

} // namespace keepalive
} // namespace ns3
