import { Body, Controller, Get, Headers, Param, Patch, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/decorators.js';
import { Post } from '../platform/http/idempotency/post.js';
import type { Page } from '../platform/http/paging.js';
import { ParseId } from '../platform/http/parse-id.pipe.js';
import {
  DepartmentBody,
  DepartmentChangeBody,
  DepartmentPage,
  DepartmentQuery,
  DepartmentView,
} from './departments.dto.js';
import { DepartmentsService } from './departments.service.js';

@ApiTags('organisation')
@Allow('organization.read')
@Controller('departments')
export class DepartmentsController {
  constructor(private readonly departments: DepartmentsService) {}

  @Get()
  @ApiOperation({ summary: 'Departments by name.' })
  @ApiOkResponse({ type: DepartmentPage })
  list(@Query() query: DepartmentQuery): Promise<Page<DepartmentView>> {
    return this.departments.list(query);
  }

  @Post()
  @Allow('organization.change')
  @ApiOperation({ summary: 'Add a department.' })
  @ApiCreatedResponse({ type: DepartmentView })
  add(@Body() body: DepartmentBody): Promise<DepartmentView> {
    return this.departments.add(body);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One department.' })
  @ApiOkResponse({ type: DepartmentView })
  one(@Param('id', ParseId) id: string): Promise<DepartmentView> {
    return this.departments.byId(id);
  }

  @Patch(':id')
  @Allow('organization.change')
  @ApiOperation({
    summary: 'Rename, move or deactivate a department; earlier weeks keep the earlier name and level.',
  })
  @ApiHeader({ name: 'If-Match', required: true, example: '"1"' })
  @ApiOkResponse({ type: DepartmentView })
  change(
    @Param('id', ParseId) id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: DepartmentChangeBody,
  ): Promise<DepartmentView> {
    return this.departments.change(id, ifMatch, body);
  }
}
