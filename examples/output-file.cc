/* SPDX-License-Identifier: GPL-2.0-only */

#include "output-file.h"

#include <stdexcept>

namespace ns3
{
namespace keepalive
{

OutputFile::OutputFile(const std::filesystem::path& directory, const std::string& name)
    : m_path(directory / name),
      m_stream(m_path)
{
    Check();
}

std::ostream&
OutputFile::Get()
{
    return m_stream;
}

void
OutputFile::Close()
{
    m_stream.close();
    Check();
}

void
OutputFile::Check() const
{
    if (!m_stream)
    {
        throw std::runtime_error("cannot write " + m_path.string());
    }
}

} // namespace keepalive
} // namespace ns3
